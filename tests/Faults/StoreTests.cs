using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ModelContextProtocol.Client;
using Shared.Backends;
using Shared.Testing;
using Xunit.Abstractions;

namespace Faults;

/// <summary>The server and its commands as processes, on databases that fail.</summary>
public sealed class StoreTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Dictionary<string, string> QuickPolling = new() { ["McpOptimizer__Ingestion__WorkloadPollingInterval"] = "00:00:01" };

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.Combine("optimizer.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_DatabaseDeletedWhileItRuns_IsNoticedAndWrittenAnew()
    {
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, QuickPolling, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(1);

            File.Delete(Database);

            await Eventually.IsAsync(() => File.Exists(Database) && server.Log.Contains("was deleted while it was in use", StringComparison.Ordinal));
            (await client.CountToolsAsync()).Should().BePositive();
        }

        (await RunAsync("tools", "--stored")).Output.Should().Contain("one");
    }

    [Fact]
    public async Task Commands_DamagedFile_AreOneSentence()
    {
        await IngestAsync();
        await using (FileStream file = new(Database, FileMode.Open, FileAccess.ReadWrite))
        {
            byte[] garbage = new byte[file.Length - 4096];
            Array.Fill(garbage, (byte)0x5A);
            file.Position = 4096;
            await file.WriteAsync(garbage);
        }

        foreach (string[] command in (string[][])[["tools", "--stored"], ["doctor", "--stored"], ["ingest"]])
        {
            RunResult result = await RunAsync(command);

            result.ExitCode.Should().NotBe(0);
            string said = result.Output + result.Error;
            said.Should().Contain(Database).And.Contain("damaged").And.NotContain("   at ");
        }
    }

    [Fact]
    public async Task ReadingCommands_NoDatabase_MakeNone()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["one"]);
        string missing = _folder.Combine("not", "there.db");

        RunResult found = await OptimizerProcess.RunAsync(_folder.FullPath, null, "tools", "--servers", servers, "--db", missing);

        found.ExitCode.Should().Be(0);
        found.Output.Should().Contain("one");
        Directory.Exists(_folder.Combine("not")).Should().BeFalse();
    }

    [Fact]
    public async Task Serve_DiskFull_ServesWhatIsStoredAndSaysWhy()
    {
        await IngestAsync();
        string servers = Programs.ServersFile(_folder.FullPath, ["one", "two"]);
        if (!File.Exists("/bin/sh"))
        {
            output.WriteLine("skipped: no shell that can limit the size of files");
            return;
        }

        (Process process, List<string> log, Task reading) = StartWithoutRoom("--stdio", "--servers", servers);
        try
        {
            await Eventually.IsAsync(() => process.HasExited || Said("Loaded 1 servers") && Said("could not be stored"));
            Said("could not be stored").Should().BeTrue("the log is: {0}", Text());
            Said("cannot rollback").Should().BeFalse();
            Said("   at ").Should().BeFalse("no stack traces: {0}", Text());
            process.HasExited.Should().BeFalse();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await reading;
            process.Dispose();
        }

        (await RunAsync("tools", "--stored")).Output.Should().Contain("one").And.NotContain("two");

        bool Said(string words) => Text().Contains(words, StringComparison.Ordinal);

        string Text()
        {
            lock (log)
            {
                return string.Join('\n', log);
            }
        }
    }

    /// <summary>What changes while nothing can be stored is withheld in memory, and the probe says so until it is stored.</summary>
    [Fact]
    public async Task Serve_DiskFull_ChangedToolIsWithheldAndReadySaysSo()
    {
        if (!File.Exists("/bin/sh"))
        {
            output.WriteLine("skipped: no shell that can limit the size of files");
            return;
        }

        // Not a program: it would not start within the limit that the optimizer has.
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        string servers = _folder.Combine("http.json");
        await File.WriteAllTextAsync(servers, new JsonObject { ["mcpServers"] = new JsonObject { ["one"] = new JsonObject { ["url"] = backend.Url.ToString() } } }.ToJsonString());
        (await OptimizerProcess.RunAsync(_folder.FullPath, null, "ingest", "--servers", servers, "--db", Database)).ExitCode.Should().Be(0);
        SqliteConnection.ClearAllPools();
        (Process process, List<string> log, Task reading) = StartWithoutRoom("--urls", "http://127.0.0.1:0", "--servers", servers);
        try
        {
            await Eventually.IsAsync(() => process.HasExited || Address() is not null);
            using HttpClient client = new() { BaseAddress = new Uri(Address()!) };
            backend.Server.Disguise = () => new JsonObject { ["tools"] = new JsonObject { ["echo"] = new JsonObject { ["description"] = "Sends it to somebody else. " + new string('x', 20_000) } } };

            await Eventually.IsAsync(async () => (await ReadyAsync(client)).Contains("What changed of 1 servers is withheld, but cannot be recorded since", StringComparison.Ordinal));

            (await ReadyAsync(client)).Should().Contain("Degraded");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Database + ".secret")).Trim());
            (await client.GetStringAsync(new Uri("/api/tools", UriKind.Relative))).Should().NotContain("\"echo\"").And.Contain("\"slow\"");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await reading;
            process.Dispose();
        }

        string? Address()
        {
            const string listening = "Now listening on: ";
            lock (log)
            {
                return log.Find(line => line.Contains(listening, StringComparison.Ordinal))?.Split(listening)[1].Trim();
            }
        }

        static async Task<string> ReadyAsync(HttpClient client)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/ready", UriKind.Relative));
            return await answer.Content.ReadAsStringAsync();
        }
    }

    /// <summary>No byte can be written: reading commands answer from what is there, and leave nothing behind.</summary>
    [Theory]
    [InlineData("trust", "list")]
    [InlineData("trust", "diff")]
    [InlineData("tools", "--stored")]
    public async Task ReadingCommands_StoreThatCannotBeWritten_Answer(params string[] command)
    {
        await IngestAsync();
        byte[] before = await File.ReadAllBytesAsync(Database);

        RunResult result = await RunFullAsync([.. command, "--db", Database]);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain(command[1] == "diff" ? "Nothing" : "one");
        result.Error.Should().NotContain("   at ");
        (await File.ReadAllBytesAsync(Database)).Should().Equal(before);
    }

    [Fact]
    public async Task TrustReject_StoreThatCannotBeWritten_IsOneSentence()
    {
        await IngestAsync();

        RunResult result = await RunFullAsync(["trust", "reject", "one", "--db", Database]);

        result.ExitCode.Should().Be(1);
        result.Error.Trim().Split('\n')[^1].Should().Contain(Database);
        result.Error.Should().NotContain("   at ");
    }

    [Theory]
    [InlineData("not a database, but long enough to look like a file with something in it ..........................................................")]
    [InlineData(null)]
    public async Task Serve_StoreThatCannotBeRead_IsOneSentence(string? content)
    {
        if (content is null)
        {
            Directory.CreateDirectory(Database);
        }
        else
        {
            await File.WriteAllTextAsync(Database, content);
        }

        RunResult result = await RunAsync("serve", "--urls", "http://127.0.0.1:0");

        result.ExitCode.Should().Be(1);
        (result.Output + result.Error).Trim().Split('\n').Where(line => !line.Contains("Hosting.Lifetime", StringComparison.Ordinal) && !line.Contains("shutting down", StringComparison.Ordinal))
            .Should().ContainSingle().Which.Should().Contain(Database);
    }

    // As on a full disk: no file may grow at all.
    private async Task<RunResult> RunFullAsync(string[] arguments)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder.FullPath };
        foreach (string part in (string[])["-c", "trap '' XFSZ; ulimit -f 0; exec dotnet \"$@\"", "sh", Programs.Optimizer, .. arguments])
        {
            start.ArgumentList.Add(part);
        }

        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return new RunResult(process.ExitCode, await output, await error);
    }

    // No file may grow beyond 8 kB: the write-ahead log cannot take a transaction. Standard error goes through a pipe, which has no size.
    private (Process Process, List<string> Log, Task Reading) StartWithoutRoom(params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = _folder.FullPath };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"trap '' XFSZ; ulimit -f 16; exec dotnet '{Programs.Optimizer}' {string.Join(' ', arguments.Select(argument => $"'{argument}'"))} --db '{Database}'");
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["McpOptimizer__Ingestion__WorkloadPollingInterval"] = "00:00:01";
        Process process = Process.Start(start)!;
        List<string> log = [];
        Task reading = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                lock (log)
                {
                    log.Add(line);
                }
            }
        });
        return (process, log, reading);
    }

    private async Task IngestAsync()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["one"]);
        (await OptimizerProcess.RunAsync(_folder.FullPath, null, "ingest", "--servers", servers, "--db", Database)).ExitCode.Should().Be(0);
        SqliteConnection.ClearAllPools();
    }

    private Task<RunResult> RunAsync(params string[] arguments) =>
        OptimizerProcess.RunAsync(_folder.FullPath, null, [.. arguments, "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", Database]);
}
