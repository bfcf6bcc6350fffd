using Integration.Running;
using ModelContextProtocol.Client;
using Shared.Backends;
using Shared.Testing;

namespace Integration;

/// <summary>Real clients with an Authorization header, the running host, real backends: who sees what.</summary>
public sealed class CallerCredentialsTests : IAsyncLifetime, IDisposable
{
    private const string Ada = "Bearer ada-0123456789";
    private const string Bob = "Bearer bob-9876543210";
    private const string HostToken = "host-token-5f3a9c";

    private readonly TemporaryFolder _folder = new();
    private StubHttpBackend _open = null!;
    private StubHttpBackend _closed = null!;
    private StubHttpBackend _trusted = null!;

    public void Dispose() => _folder.Dispose();

    public async Task InitializeAsync()
    {
        _open = await StubHttpBackend.StartAsync();
        _closed = await StubHttpBackend.StartAsync();
        _trusted = await StubHttpBackend.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _open.DisposeAsync();
        await _closed.DisposeAsync();
        await _trusted.DisposeAsync();
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task OnlyTheBackendWhoseEntrySaysSo_SeesThem_AndNoSessionIsShared(string version)
    {
        (OptimizerProcess server, Uri address) = await ServeAsync();
        await using (server)
        {
            await using McpClient ada = await McpClients.ConnectAsync(address, version: version, authorization: Ada);
            await using McpClient bob = await McpClients.ConnectAsync(address, version: version, authorization: Bob);
            await using McpClient nobody = await McpClients.ConnectAsync(address, version: version);
            await nobody.WaitForToolsAsync(3 * 14);

            await Task.WhenAll(new[] { ada, bob, nobody }.SelectMany(client => Enumerable.Range(0, 10).SelectMany(i => new[] { EchoAsync(client, "open", i), EchoAsync(client, "closed", i) })));
            // Resources are looked at after the tools.
            await Eventually.IsAsync(async () =>
                (await ada.CallToolAsync("read_resource", new Dictionary<string, object?> { ["server_name"] = "open", ["uri"] = "stub://one" })).IsError != true);

            _open.Credentials.Select(seen => seen.Authorization).Distinct().Should().BeEquivalentTo([null, Ada, Bob]);
            _open.Credentials.GroupBy(seen => seen.Session).Should().OnlyContain(session => session.Select(seen => seen.Authorization).Distinct().Count() == 1, "a session has one caller's credentials");
            _closed.Credentials.Should().OnlyContain(seen => seen.Authorization == null);
            server.Log.Should().NotContain("0123456789").And.NotContain("9876543210");
        }
    }

    [Fact]
    public async Task TheHostsOwnToken_ReachesOnlyTheBackendWhoseEntryAsksForJustThat()
    {
        (OptimizerProcess server, Uri address) = await ServeAsync("--verbose");
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address, authorization: "Bearer " + HostToken);
            await client.WaitForToolsAsync(3 * 14);

            await Task.WhenAll(EchoAsync(client, "open", 1), EchoAsync(client, "closed", 1), EchoAsync(client, "trusted", 1));

            _open.Credentials.Concat(_closed.Credentials).Should().OnlyContain(seen => seen.Authorization == null, "forwardCallerCredentials is not about our own token");
            _trusted.Credentials.Should().Contain(seen => seen.Authorization == "Bearer " + HostToken);
            server.Log.Should().NotContain(HostToken);
        }
    }

    private static async Task EchoAsync(McpClient client, string server, int number) =>
        (await client.CallAsync(server, "echo", new { text = $"{number}" })).Text().Should().Be($"{number}");

    private async Task<(OptimizerProcess Server, Uri Address)> ServeAsync(params string[] arguments)
    {
        string file = _folder.Combine("servers.json");
        await File.WriteAllTextAsync(file, $$"""
            { "mcpServers": {
              "open": { "url": "{{_open.Url}}", "forwardCallerCredentials": true },
              "closed": { "url": "{{_closed.Url}}" },
              "trusted": { "url": "{{_trusted.Url}}", "forwardOptimizerToken": true } } }
            """);
        return arguments.Length == 0
            ? await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", file)
            : await OptimizerProcess.ServeAsync(_folder.FullPath, new Dictionary<string, string> { ["Host__BearerToken"] = HostToken }, ["--servers", file, .. arguments]);
    }
}
