using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Variables of the host; runs alone, as other tests of this process would go through the proxy that is named here.</summary>
[CollectionDefinition(nameof(HostEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(HostEnvironmentTests))]
public sealed class HostEnvironmentTests
{
    [Theory]
    [InlineData("HTTPS_PROXY", "(unset)")]
    [InlineData("http_proxy", "(unset)")]
    [InlineData("ALL_PROXY", "asked for")]
    public async Task CallToolAsync_ProxyOfTheHost_IsPassedOnlyWhereTheEntryAsks(string name, string expected)
    {
        string? before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, "http://user:p4ssw0rd@proxy.invalid:1");
        try
        {
            await using BackendFixture fixture = new();
            BackendEndpoint endpoint = BackendFixture.Stdio("s");
            endpoint = new BackendEndpoint
            {
                ServerName = "s",
                Transport = TransportKind.Stdio,
                Command = endpoint.Command,
                Arguments = endpoint.Arguments,
                Environment = new Dictionary<string, string> { ["ALL_PROXY"] = "asked for" },
            };

            (await fixture.Backends.CallAsync(endpoint, "env", $$"""{"name":"{{name}}"}""")).Text().Should().Be(expected);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }
}
