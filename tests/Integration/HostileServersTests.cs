using System.Text.Json;
using Integration.Running;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Backends;
using Shared.Testing;

namespace Integration;

/// <summary>One server that behaves among others that do everything wrong, all behind one optimizer.</summary>
public sealed class HostileServersTests : IDisposable
{
    private const int FiftyMegabytes = 50_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task HostileServers_HarmNobodyElse_AndLeaveNothingBehind()
    {
        await using StubHttpBackend endless = await StubHttpBackend.StartAsync();
        endless.Server.EndlessPages = true;
        await using StubHttpBackend circular = await StubHttpBackend.StartAsync();
        circular.RedirectTo = circular.Url.ToString();
        await using StubHttpBackend sly = await StubHttpBackend.StartAsync();
        sly.RedirectTo = "http://169.254.169.254/latest/meta-data/";
        await using StubHttpBackend failing = await StubHttpBackend.StartAsync();
        failing.Status = 500;
        string file = WriteServers(
            [("good", []), ("silent", ["--silent"]), ("deaf", ["--deaf"]), ("noisy", ["--noise"]), ("wild", []), ("broken", ["--exit", "3"]), ("stubborn", ["--stubborn"])],
            [("endless", endless.Url), ("circular", circular.Url), ("sly", sly.Url), ("failing", failing.Url), ("metadata", new Uri("http://169.254.169.254/mcp"))]);
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", file);
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await Eventually.IsAsync(async () => (await ServersAsync(client)).IsSupersetOf(["good", "noisy", "wild", "stubborn"]), "the servers that answer");
            using CancellationTokenSource attack = new();
            Task<int> good = CallGoodAsync(address, attack.Token);

            string[] outcomes = await Task.WhenAll(
                AttackAsync(client, "wild", "flood", new { bytes = FiftyMegabytes }),
                AttackAsync(client, "wild", "fork"),
                AttackAsync(client, "noisy", "error"),
                AttackAsync(client, "noisy", "odd"),
                AttackAsync(client, "stubborn", "fork"),
                AttackAsync(client, "stubborn", "crash"),
                AttackAsync(client, "wild", "crash"));
            (await client.FindAsync("echo a text")).Should().Contain("good/echo");

            await attack.CancelAsync();
            (await good).Should().BePositive("the good server answered all the while");
            string.Join('\n', outcomes).Should().NotContain(new string('x', 100_000), "a flood is not passed on");
            (await ServersAsync(client)).Should().NotContain(["endless", "circular", "sly", "failing", "metadata", "silent", "broken"]);
            sly.Requests.Should().NotBeEmpty("it was asked, and its answer not followed");
            StopGently(server);
            await server.Process.WaitForExitAsync().WaitAsync(Patience);
        }

        await Eventually.IsAsync(() => Task.FromResult(ProcessProbe.CountOf(_mark) == 0), "the end of all processes, forked ones too");
    }

    private static void StopGently(OptimizerProcess server)
    {
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-TERM", server.Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    // What the caller of a hostile server gets does not matter here, only that there is an answer in the end.
    private static async Task<string> AttackAsync(McpClient client, string server, string tool, object? parameters = null) =>
        (await client.CallAsync(server, tool, parameters).WaitAsync(Patience * 3)).Text();

    private static async Task<int> CallGoodAsync(Uri address, CancellationToken cancellationToken)
    {
        await using McpClient client = await McpClients.ConnectAsync(address);
        int calls = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            CallToolResult result = await client.CallAsync("good", "echo", new { text = $"call {calls}" }).WaitAsync(Patience, CancellationToken.None);
            result.Text().Should().Be($"call {calls}");
            calls++;
        }

        return calls;
    }

    private static async Task<HashSet<string>> ServersAsync(McpClient client) =>
        [.. (await client.CallToolAsync("list_tools")).Json().GetProperty("result").EnumerateArray().Select(tool => tool.GetProperty("mcp_server_name").GetString()!)];

    private string WriteServers(IEnumerable<(string Name, string[] Arguments)> programs, IEnumerable<(string Name, Uri Url)> addresses)
    {
        Dictionary<string, object> servers = programs.ToDictionary(
            program => program.Name,
            program => (object)new { command = "dotnet", args = (string[])[Programs.StubBackend, .. program.Arguments], env = new Dictionary<string, string> { [ProcessProbe.Variable] = _mark } });
        foreach ((string name, Uri url) in addresses)
        {
            servers[name] = new { url };
        }

        string path = _folder.Combine("servers.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { mcpServers = servers }));
        return path;
    }
}
