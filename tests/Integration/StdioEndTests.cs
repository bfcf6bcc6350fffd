using System.Globalization;
using Integration.Running;
using Shared.Testing;

namespace Integration;

/// <summary>A host over stdio ends with its client, and everything it started ends with it.</summary>
public sealed class StdioEndTests : IDisposable
{
    private const string Handshake = "2025-11-25";
    private const string PerRequest = "2026-07-28";

    // What is promised is a second; what is measured here includes a machine that builds and tests beside it.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(3);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> HostsAndEras
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string host in new[] { "McpOptimizer.Server", "Fleet.Server", "Fleet.Metadata.Server", "Horreum.Server", "Conformance" })
            {
                all.Add(host, Handshake);
                all.Add(host, PerRequest);
            }

            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(HostsAndEras))]
    public async Task Host_ClientLeavesOrSignals_NoProcessRemains(string host, string version)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await EndsAsync(host, version, "end of input", process => { process.CloseInput(); return Task.CompletedTask; });
        await EndsAsync(host, version, "SIGTERM", process => process.SignalAsync("TERM"));
        await EndsAsync(host, version, "SIGINT", process => process.SignalAsync("INT"));
        await EndsAsync(host, version, "SIGHUP", process => process.SignalAsync("HUP"));
        await EndsAsync(host, version, "kill -9 of the parent", process => process.KillParentAsync(), hasParent: true);
    }

    [Fact]
    public async Task Optimizer_CallThatNeverEndsAndAStubbornServer_EndsAllTheSame()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string servers = Programs.ServersFile(_folder.FullPath, ["one"], "--stubborn");
        using StdioProcess process = StdioProcess.Start(_folder.FullPath, Programs.Optimizer, "--servers", servers, "--db", _folder.Combine("stubborn.db"));
        await OpenAsync(process, Handshake);
        await WaitForStubAsync(process, Handshake);
        await process.SendAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"call_tool","arguments":{"server_name":"one","tool_name":"hang","parameters":{}}}}""");
        IReadOnlyList<int> family = await process.FamilyAsync();

        process.CloseInput();

        (await process.WaitForEndAsync()).Should().BeLessThan(Allowed, process.Errors);
        process.ExitCode.Should().Be(0);
        await Eventually.IsAsync(() => !family.Any(ProcessProbe.IsAlive));
    }

    private static async Task OpenAsync(StdioProcess process, string version)
    {
        if (version == PerRequest)
        {
            await process.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},{{Meta}} } }""");
            await process.ReadAsync("acknowledged");
            return;
        }

        await process.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","clientInfo":{"name":"raw","version":"1"},"capabilities":{}}}""");
        await process.ReadAsync("protocolVersion");
        await process.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
    }

    private const string Meta = """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    private static async Task WaitForStubAsync(StdioProcess process, string version)
    {
        int id = 100;
        string meta = version == PerRequest ? "," + Meta : "";
        await Eventually.IsAsync(async () =>
        {
            id++;
            await process.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"list_tools","arguments":{}{{meta}} } }""");
            return (await process.ReadAsync($"\"id\":{id}")).Contains("echo", StringComparison.Ordinal);
        });
    }

    private async Task EndsAsync(string host, string version, string way, Func<StdioProcess, Task> end, bool hasParent = false)
    {
        string[] arguments = host == "McpOptimizer.Server"
            ? ["--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", _folder.Combine("optimizer.db")]
            : [];
        using StdioProcess process = StdioProcess.Start(_folder.FullPath, hasParent, Programs.Of(host), arguments);
        await OpenAsync(process, version);
        if (host == "McpOptimizer.Server")
        {
            await WaitForStubAsync(process, version);
        }

        IReadOnlyList<int> family = await process.FamilyAsync();
        await end(process);

        TimeSpan took = await process.WaitForEndAsync();
        took.Should().BeLessThan(Allowed, "{0} ends {1} in the era of {2}: {3}", way, host, version, process.Errors);
        if (!hasParent)
        {
            process.ExitCode.Should().Be(0, "{0} is an orderly end of {1}: {2}", way, host, process.Errors);
        }

        await Eventually.IsAsync(() => !family.Any(ProcessProbe.IsAlive), string.Create(CultureInfo.InvariantCulture, $"none of {family.Count} processes remains after {way}"));
        File.Delete(_folder.Combine("in"));
    }
}
