using Xunit.Abstractions;
using Xunit.Sdk;

namespace McpOptimizer.PostgreSql.Tests.Fixtures;

/// <summary>Finds no test where there is no server; <see cref="AvailabilityTests"/> says so once.</summary>
public sealed class PostgreSqlTheoryDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly TheoryDiscoverer _inner = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        PostgreSqlServer.IsInstalled ? _inner.Discover(discoveryOptions, testMethod, factAttribute) : [];
}
