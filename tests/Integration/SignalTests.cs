using System.Diagnostics;
using Integration.Running;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Testing;

namespace Integration;

/// <summary>What a signal does to the optimizer, whose command line library has an opinion of its own.</summary>
public sealed class SignalTests : IDisposable
{
    private const int LongerThanTheLibraryWaits = 4000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM", "2025-11-25")]
    [InlineData("INT", "2026-07-28")]
    [InlineData("HUP", "2026-07-28")]
    public async Task Http_SignalDuringACall_TheCallFinishesAndTheExitCodeIsZero(string signal, string version)
    {
        (OptimizerProcess server, Uri address) = await ServeAsync();
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address, version: version);
            await client.WaitForToolsAsync(14);
            Task<CallToolResult> call = client.CallAsync("one", "slow", new { ms = LongerThanTheLibraryWaits });
            await Task.Delay(500);

            await SignalAsync(server.Process, signal);

            (await call.WaitAsync(Eventually.Patience)).IsError.Should().NotBe(true, server.Log);
            await server.Process.WaitForExitAsync().WaitAsync(Eventually.Patience);
            server.Process.ExitCode.Should().Be(0, server.Log);
        }
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Stdio_SignalDuringACall_TheCallFinishesAndTheExitCodeIsZero(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using StdioProcess process = StdioProcess.Start(
            _folder.FullPath, Programs.Optimizer, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", _folder.Combine("optimizer.db"));
        await process.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","clientInfo":{"name":"raw","version":"1"},"capabilities":{}}}""");
        await process.ReadAsync("protocolVersion");
        int id = 1;
        await Eventually.IsAsync(async () =>
        {
            id++;
            await process.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"list_tools","arguments":{} } }""");
            return (await process.ReadAsync($"\"id\":{id}")).Contains("echo", StringComparison.Ordinal);
        });
        await process.SendAsync($$"""{"jsonrpc":"2.0","id":"long","method":"tools/call","params":{"name":"call_tool","arguments":{"server_name":"one","tool_name":"slow","parameters":{"ms":{{LongerThanTheLibraryWaits}} } } } }""");
        await Task.Delay(500);

        await process.SignalAsync(signal);

        (await process.ReadAsync("\"id\":\"long\"")).Should().Contain("result").And.NotContain("\"isError\":true");
        await process.WaitForEndAsync();
        process.ExitCode.Should().Be(0, process.Errors);
    }

    [Fact]
    public async Task SecondSignal_EndsAtOnce()
    {
        (OptimizerProcess server, Uri address) = await ServeAsync();
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(14);
            Task<CallToolResult> call = client.CallAsync("one", "slow", new { ms = 60_000 });
            await Task.Delay(500);
            await SignalAsync(server.Process, "TERM");
            await Task.Delay(500);
            server.Process.HasExited.Should().BeFalse("the call is still running");

            Stopwatch watch = Stopwatch.StartNew();
            await SignalAsync(server.Process, "TERM");
            await server.Process.WaitForExitAsync().WaitAsync(Eventually.Patience);

            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
            server.Process.ExitCode.Should().Be(143);
            await call.Invoking(task => task).Should().ThrowAsync<Exception>();
        }
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    public async Task SignalDuringTheStart_EndsWithACodeOfItsOwn(string signal, int code)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = _folder.Combine("servers.json");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        using StdioProcess process = StdioProcess.Start(_folder.FullPath, Programs.Optimizer, "--servers", pipe, "--db", _folder.Combine("optimizer.db"));

        // Opens as soon as the server reads its servers file, which then never ends.
        await using FileStream held = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write)).WaitAsync(Eventually.Patience);
        await process.SignalAsync(signal);

        (await process.WaitForEndAsync()).Should().BeLessThan(TimeSpan.FromSeconds(10));
        process.ExitCode.Should().Be(code, process.Errors);
    }

    [Fact]
    public async Task Command_Interrupted_EndsWithTheSignalsCode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string servers = Programs.ServersFile(_folder.FullPath, ["one"], "--silent");
        using StdioProcess process = StdioProcess.Start(_folder.FullPath, Programs.Optimizer, "ingest", "--servers", servers, "--db", _folder.Combine("optimizer.db"));
        await Eventually.IsAsync(async () => (await process.FamilyAsync()).Count > 1, "the server that never answers");

        await process.SignalAsync("TERM");

        (await process.WaitForEndAsync()).Should().BeLessThan(TimeSpan.FromSeconds(15));
        process.ExitCode.Should().Be(143, process.Errors);
    }

    private Task<(OptimizerProcess Server, Uri Address)> ServeAsync() =>
        OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));

    private static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
