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
        ingest.Error.Should().Contain("one (14 tools)", "progress is visible");

        RunResult find = await RunAsync("find", "echo a message back", "--servers", servers, "--stored", "--json");
        JsonDocument.Parse(find.Output).RootElement.GetProperty("tools")[0].GetProperty("name").GetString().Should().Be("echo");

        RunResult tools = await RunAsync("tools", "--servers", servers, "--stored");
        tools.Output.Should().Contain("one/echo\t");

        RunResult call = await RunAsync("call", "one", "echo", """{"text":"from the shell"}""", "--servers", servers);
        call.Output.Trim().Should().Be("from the shell");
    }

    [Fact]
    public async Task FirstRun_WithNothingConfigured_KnowsTheBranchOfThisFolder()
    {
        await GitAsync("init", "--quiet", "--initial-branch", "first-run-branch");
        Dictionary<string, string> nothing = new() { ["TOOLHIVE_URL"] = "", ["CODER_URL"] = "", ["HORREUM_BASE_URL"] = "" };

        RunResult find = await OptimizerProcess.RunAsync(_folder.FullPath, nothing, "find", "which branch is this workspace on", "--json", "--db", _folder.Combine("optimizer.db"));
        JsonElement best = JsonDocument.Parse(find.Output).RootElement.GetProperty("tools")[0];
        $"{best.GetProperty("mcp_server_name")}/{best.GetProperty("name")}".Should().Be("workspace/get_metadata", find.Error);

        RunResult call = await OptimizerProcess.RunAsync(_folder.FullPath, nothing, "call", "workspace", "get_metadata", "--db", _folder.Combine("optimizer.db"));
        call.Output.Should().Contain("first-run-branch", call.Error);
    }

    [Fact]
    public async Task Help_And_Version_Answer()
    {
        RunResult help = await RunAsync("--help");
        help.ExitCode.Should().Be(0);
        help.Output.Should().ContainAll("serve", "find", "call", "tools", "ingest", "rematch", "--servers", "--registry", "--db", "--stdio", "--urls");
        (await RunAsync("--version")).Output.Trim().Should().StartWith("0.1.0");
    }

    [Fact]
    public async Task UnknownFlag_IsNamed()
    {
        RunResult run = await RunAsync("serve", "--colour", "red");

        run.ExitCode.Should().NotBe(0);
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

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("in use").And.NotContain("   at ");
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
