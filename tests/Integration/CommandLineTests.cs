using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Integration.Running;
using Microsoft.Data.Sqlite;
using Shared.Testing;

namespace Integration;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_Call_Tools_Ingest_WorkFromTheShell()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["one"]);

        RunResult ingest = await RunAsync("ingest", "--servers", servers);
        ingest.Should().Match<RunResult>(run => run.ExitCode == 0 && run.Output.Contains("1 changed", StringComparison.Ordinal), ingest.Error);
        ingest.Error.Should().BeEmpty("an answer stands alone");

        RunResult find = await RunAsync("find", "echo a message back", "--servers", servers, "--stored", "--json");
        JsonDocument.Parse(find.Output).RootElement.GetProperty("tools")[0].GetProperty("name").GetString().Should().Be("echo");

        RunResult tools = await RunAsync("tools", "--servers", servers, "--stored");
        tools.Output.Should().Contain("one/echo\t");

        RunResult call = await RunAsync("call", "one", "echo", """{"text":"from the shell"}""", "--servers", servers);
        call.Output.Trim().Should().Be("from the shell");
    }

    [Theory]
    [InlineData("debug")]
    [InlineData("info")]
    public async Task LogLevel_Raised_TellsWhatIsDone(string level)
    {
        RunResult ingest = await RunAsync("ingest", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--log-level", level);

        ingest.Error.Should().Contain("one (14 tools)");
        ingest.Error.TrimEnd().Split('\n').Should().OnlyContain(line => line.Contains("info") || line.Contains("debug") || line.Contains("warning"), "a record is one line");
    }

    [Fact]
    public async Task DeadServers_AreNamedWithTheirReason()
    {
        string servers = _folder.Combine("servers.json");
        await File.WriteAllTextAsync(servers, $$"""
            { "mcpServers": {
              "one": { "command": "dotnet", "args": [{{JsonSerializer.Serialize(Programs.StubBackend)}}] },
              "absent": { "command": "no-such-program-anywhere" },
              "ends": { "command": "dotnet", "args": [{{JsonSerializer.Serialize(Programs.StubBackend)}}, "--stderr", "no licence found", "--exit", "7"] }
            } }
            """);

        foreach (string command in new[] { "tools", "doctor", "servers" })
        {
            RunResult run = await RunAsync(command, "--servers", servers);
            $"{run.Output}\n{run.Error}".Should().ContainAll("absent", "no-such-program-anywhere", "ends", "no licence found");
            run.Output.Should().NotContain("   at ").And.NotContain("warn:");
        }

        JsonElement list = JsonDocument.Parse((await RunAsync("servers", "--json", "--servers", servers)).Output).RootElement;
        list.GetProperty("servers").EnumerateArray().Select(server => $"{server.GetProperty("name")} {server.GetProperty("state")}")
            .Should().Equal("absent failed", "ends failed", "one ready");
        JsonElement tools = JsonDocument.Parse((await RunAsync("tools", "--json", "--servers", servers)).Output).RootElement;
        tools.GetProperty("not_ready").EnumerateArray().Select(server => server.GetProperty("name").GetString()).Should().Equal("absent", "ends");
        (await RunAsync("logs", "ends", "--servers", servers)).Output.Should().Contain("no licence found");
    }

    [Fact]
    public async Task Call_StartsOnlyItsServer_AndChecksArgumentsBefore()
    {
        string journals = _folder.FullPath;
        string servers = _folder.Combine("servers.json");
        string disguise = await NeedsTextAsync();
        string Entry(string name) => $$"""
            "{{name}}": { "command": "dotnet", "args": [{{JsonSerializer.Serialize(Programs.StubBackend)}}, "--journal", {{JsonSerializer.Serialize(Path.Combine(journals, name))}}, "--disguise", {{JsonSerializer.Serialize(disguise)}}] }
            """;
        await File.WriteAllTextAsync(servers, $$"""{ "mcpServers": { {{Entry("one")}}, {{Entry("two")}} } }""");
        await RunAsync("ingest", "--servers", servers);
        File.Delete(Path.Combine(journals, "one"));
        File.Delete(Path.Combine(journals, "two"));

        (await RunAsync("call", "one", "echo", "{text}", "--servers", servers)).Should().Match<RunResult>(run => run.ExitCode == 2 && run.Error.Contains("not JSON"));
        (await RunAsync("call", "one", "echo", "[1]", "--servers", servers)).Should().Match<RunResult>(run => run.ExitCode == 2 && run.Error.Contains("object"));
        (await RunAsync("call", "one", "echo", "{}", "--servers", servers)).Should().Match<RunResult>(run => run.ExitCode == 2 && run.Error.Contains("one/echo needs 'text'"));
        (await RunAsync("call", "onne", "echo", "{}", "--servers", servers)).Should().Match<RunResult>(run => run.ExitCode == 2 && run.Error.Contains("Did you mean 'one'?"));
        File.Exists(Path.Combine(journals, "one")).Should().BeFalse("nothing that was asked could be right");

        (await RunAsync("call", "one", "echo", """{"text":"hello"}""", "--servers", servers)).Output.Trim().Should().Be("hello");
        File.Exists(Path.Combine(journals, "two")).Should().BeFalse("it was not asked for");
        (await RunAsync("tools", "--stored", "--servers", servers)).Output.Should().Contain("two/echo", "and is not forgotten");
    }

    [Fact]
    public async Task Json_Errors_AreAnObjectOnStandardOutput()
    {
        RunResult run = await RunAsync("call", "nobody", "x", "--json", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]));

        run.ExitCode.Should().Be(2);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("error").GetString().Should().Contain("There is no server 'nobody'");
    }

    [Fact]
    public async Task Running_AnswersForTheSameDatabase_AndIsNotTrustedBlindly()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["one"], "--journal", _folder.Combine("journal"), "--disguise", await NeedsTextAsync());
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, "--servers", servers);
        await using (server)
        {
            await Eventually.IsAsync(() => Task.FromResult(File.Exists(_folder.Combine("optimizer.db.running"))), "the mark");
            await using (ModelContextProtocol.Client.McpClient client = await McpClients.ConnectAsync(address))
            {
                await client.WaitForToolsAsync(14);
            }

            int starts = Starts();
            RunResult find = await RunAsync("find", "echo a message back", "--json");
            find.Error.Should().BeEmpty();
            JsonDocument.Parse(find.Output).RootElement.GetProperty("tools")[0].GetProperty("name").GetString().Should().Be("echo");
            (await RunAsync("tools")).Output.Should().Contain("one/echo\t");
            (await RunAsync("servers")).Output.Should().Contain("one  ready");
            (await RunAsync("call", "one", "echo", """{"text":"hello"}""")).Output.Trim().Should().Be("hello");
            (await RunAsync("call", "one", "echo", "{}")).Should().Match<RunResult>(run => run.ExitCode == 1 && run.Error.Contains("text"));
            (await RunAsync("explain", "echo a message back", "--tool", "one/echo")).Should().Match<RunResult>(run => run.ExitCode == 0 && run.Output.Contains("found"));
            (await RunAsync("doctor", "--json")).Output.Should().Contain("found_first");
            (await RunAsync("logs", "one")).Output.Should().Contain("started as process");
            (await RunAsync("find", "x", "--limit", "99")).ExitCode.Should().Be(2);
            Starts().Should().Be(starts, "the running optimizer has the server already");

            // Another file means other servers.
            string other = _folder.Combine("other.json");
            File.Copy(servers, other);
            (await RunAsync("tools", "--servers", other)).Error.Should().Contain("serves other servers");

            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(_folder.Combine("optimizer.db.running")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);

                // Somebody else at its port: the mark names an address whose owner cannot prove that he wrote it.
                string mark = await File.ReadAllTextAsync(_folder.Combine("optimizer.db.running"));
                await File.WriteAllTextAsync(_folder.Combine("optimizer.db.running"), mark.Replace("\"key\":\"", "\"key\":\"0", StringComparison.Ordinal));
                (await RunAsync("tools", "--servers", servers)).Error.Should().Contain("does not answer any more");
            }
        }

        int Starts() => File.ReadLines(_folder.Combine("journal")).Count(line => line.StartsWith("start ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completion_OffersCommandsAndNames()
    {
        (await RunAsync("completion", "bash")).Output.Should().Contain("complete -o default -F _mcp_optimizer mcp-optimizer");
        RunResult commands = await OptimizerProcess.RunAsync(_folder.FullPath, null, "[suggest:2]", "co");
        commands.Output.Split('\n').Should().Contain("connect").And.Contain("completion");
        RunResult clients = await OptimizerProcess.RunAsync(_folder.FullPath, null, "[suggest:8]", "connect ");
        clients.Output.Split('\n').Should().Contain("claude-code").And.Contain("zed");
    }

    [Fact]
    public async Task FirstRun_WithNothingConfigured_KnowsTheBranchOfThisFolder()
    {
        await GitAsync("init", "--quiet", "--initial-branch", "first-run-branch");
        Dictionary<string, string> nothing = new() { ["TOOLHIVE_URL"] = "", ["HOME"] = _folder.Combine("home"), ["XDG_CONFIG_HOME"] = "" };

        RunResult find = await OptimizerProcess.RunAsync(_folder.FullPath, nothing, "find", "which branch is this workspace on", "--json", "--db", _folder.Combine("optimizer.db"));
        JsonElement best = JsonDocument.Parse(find.Output).RootElement.GetProperty("tools")[0];
        $"{best.GetProperty("mcp_server_name")}/{best.GetProperty("name")}".Should().Be("workspace/get_metadata", find.Error);

        find.Error.Should().ContainAll("Nothing is configured yet", "import");

        RunResult call = await OptimizerProcess.RunAsync(_folder.FullPath, nothing, "call", "workspace", "get_metadata", "--db", _folder.Combine("optimizer.db"));
        call.Output.Should().Contain("first-run-branch", call.Error);
        RunResult hash = await OptimizerProcess.RunAsync(_folder.FullPath, nothing, "call", "toolbox", "hash_text", """{"text":"abc"}""", "--db", _folder.Combine("optimizer.db"));
        hash.Output.Trim().Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash.Error);

        (OptimizerProcess server, _) = await OptimizerProcess.ServeAsync(_folder.FullPath, nothing);
        await using (server)
        {
            await Eventually.IsAsync(() => Task.FromResult(server.Log.Contains("Nothing is configured yet", StringComparison.Ordinal)), "the hint");
        }
    }

    [Fact]
    public async Task Help_And_Version_Answer()
    {
        RunResult help = await RunAsync("--help");
        help.ExitCode.Should().Be(0);
        help.Output.Should().ContainAll("Examples:", "Environment variables", "MCP_PORT", "NO_COLOR", "Exit codes:", "servers", "logs", "completion");
        help.Output.Should().NotContain("\n  built-in", "that one is not for people");
        (await OptimizerProcess.RunAsync(_folder.FullPath, null, "call", "--help")).Output.Should().Contain("call toolbox current_time");
        help.Output.Should().ContainAll("serve", "find", "call", "tools", "ingest", "rematch", "--servers", "--registry", "--db", "--stdio", "--urls");
        (await RunAsync("--version")).Output.Trim().Should().StartWith("0.1.0");
    }

    [Fact]
    public async Task UnknownFlag_IsNamed()
    {
        RunResult run = await RunAsync("serve", "--colour", "red");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("--colour");
    }

    [Theory]
    [InlineData("{ \"mcpServers\": {\n  \"a\": }\n}", "line 2")]
    [InlineData("{}", "mcpServers")]
    public async Task ServersFile_Malformed_SaysWhereAndDoesNotServe(string json, string place)
    {
        await File.WriteAllTextAsync(_folder.Combine("bad.json"), json);

        RunResult run = await RunAsync("serve", "--servers", _folder.Combine("bad.json"));

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("bad.json").And.Contain(place).And.NotContain("   at ");
        run.Error.Trim().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task ServersFile_Missing_IsNamed()
    {
        RunResult run = await RunAsync("serve", "--servers", _folder.Combine("absent.json"));

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("absent.json");
    }

    [Fact]
    public async Task Database_ThatIsNone_IsNotOverwritten()
    {
        string path = _folder.Combine("diary.txt");
        string text = string.Concat(Enumerable.Repeat("Dear diary, ", 500));
        await File.WriteAllTextAsync(path, text);

        RunResult run = await OptimizerProcess.RunAsync(_folder.FullPath, null, "serve", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", path, "--urls", "http://127.0.0.1:0");

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("not a SQLite database").And.NotContain("   at ");
        (await File.ReadAllTextAsync(path)).Should().Be(text);
    }

    [Fact]
    public async Task Database_OfANewerVersion_IsLeftAlone()
    {
        string path = _folder.Combine("newer.db");
        SQLitePCL.Batteries_V2.Init();
        await using (SqliteConnection connection = new($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMP NOT NULL); INSERT INTO schema_migrations VALUES (99, '2030-01-01')";
            await command.ExecuteNonQueryAsync();
        }

        RunResult run = await OptimizerProcess.RunAsync(_folder.FullPath, null, "serve", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--db", path, "--urls", "http://127.0.0.1:0");

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("newer version").And.NotContain("   at ");
    }

    [Fact]
    public async Task Port_InUse_IsOneSentence()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();

        RunResult run = await RunAsync("serve", "--servers", Programs.ServersFile(_folder.FullPath, ["one"]), "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        run.ExitCode.Should().Be(4);
        $"{run.Error}{run.Output}".Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("is in use").And.Contain("--urls");
    }

    [Fact]
    public async Task Environment_BadValues_AreAllNamedAtOnce()
    {
        Dictionary<string, string> environment = new() { ["MAX_TOOLS_TO_RETURN"] = "many", ["MCP_PORT"] = "80", ["LOG_LEVEL"] = "loud", ["RUNTIME_MODE"] = "moon" };

        RunResult run = await OptimizerProcess.RunAsync(_folder.FullPath, environment, "tools", "--db", _folder.Combine("o.db"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().ContainAll("MAX_TOOLS_TO_RETURN is 'many'", "MCP_PORT is '80'", "LOG_LEVEL is 'loud'", "RUNTIME_MODE is 'moon'", "1 to 50");
    }

    [Fact]
    public async Task Environment_IsStrongerThanDefaults_AndFlagsAreStronger()
    {
        Dictionary<string, string> environment = new() { ["MAX_TOOLS_TO_RETURN"] = "3", ["ASYNC_DB_URL"] = "sqlite+aiosqlite:///" + _folder.Combine("env.db") };
        string servers = Programs.ServersFile(_folder.FullPath, ["one"]);

        RunResult byEnvironment = await OptimizerProcess.RunAsync(_folder.FullPath, environment, "find", "echo slow fail error", "--servers", servers, "--json");
        JsonDocument.Parse(byEnvironment.Output).RootElement.GetProperty("tools").GetArrayLength().Should().Be(3);
        File.Exists(_folder.Combine("env.db")).Should().BeFalse("commands that read make no database");
        await OptimizerProcess.RunAsync(_folder.FullPath, environment, "ingest", "--servers", servers);
        File.Exists(_folder.Combine("env.db")).Should().BeTrue();

        await OptimizerProcess.RunAsync(_folder.FullPath, environment, "ingest", "--servers", servers, "--db", _folder.Combine("flag.db"));
        File.Exists(_folder.Combine("flag.db")).Should().BeTrue();
    }

    [Fact]
    public async Task Rematch_UnknownServer_NamesTheNearest()
    {
        string servers = Programs.ServersFile(_folder.FullPath, ["github"]);
        await RunAsync("ingest", "--servers", servers);

        RunResult run = await RunAsync("rematch", "githup", "--servers", servers);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("Did you mean 'github'?");
    }

    // The tool echo, with a text that it cannot do without.
    private async Task<string> NeedsTextAsync()
    {
        string path = _folder.Combine("disguise.json");
        await File.WriteAllTextAsync(path, """{ "tools": { "echo": { "inputSchema": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] } } } }""");
        return path;
    }

    private async Task GitAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = _folder.FullPath };
        using Process git = Process.Start(start)!;
        await git.WaitForExitAsync();
        git.ExitCode.Should().Be(0);
    }

    private Task<RunResult> RunAsync(params string[] arguments) =>
        OptimizerProcess.RunAsync(_folder.FullPath, null, arguments is ["--help"] or ["--version"] ? arguments : [.. arguments, "--db", _folder.Combine("optimizer.db")]);
}
