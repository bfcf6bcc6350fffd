using Xunit.Sdk;

namespace McpOptimizer.PostgreSql.Tests.Fixtures;

/// <summary>A theory that needs a PostgreSQL server.</summary>
[XunitTestCaseDiscoverer("McpOptimizer.PostgreSql.Tests.Fixtures.PostgreSqlTheoryDiscoverer", "McpOptimizer.PostgreSql.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlTheoryAttribute : Xunit.TheoryAttribute;
