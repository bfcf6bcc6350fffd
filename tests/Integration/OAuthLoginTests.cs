using Integration.Running;
using ModelContextProtocol.Client;
using Shared.Backends;
using Shared.OAuth;
using Shared.Testing;

namespace Integration;

public sealed class OAuthLoginTests
{
    [Fact]
    public async Task Login_FromTheShell_TheRunningServerFindsTheTokens()
    {
        using TemporaryFolder folder = new();
        await using FakeAuthorizationServer authority = await FakeAuthorizationServer.StartAsync();
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        stub.Authority = authority;
        string file = folder.Combine("servers.json");
        await File.WriteAllTextAsync(file, $$"""{ "mcpServers": { "web": { "url": "{{stub.Url}}", "oauth": { "scopes": ["read"] } } } }""");
        string database = folder.Combine("optimizer.db");

        RunResult before = await OptimizerProcess.RunAsync(folder.FullPath, null, "call", "web", "echo", "--servers", file, "--db", database);
        RunResult login = await OptimizerProcess.RunWithBrowserAsync(folder.FullPath, "login", "web", "--servers", file, "--db", database);
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(folder.FullPath, "--servers", file);
        await using (server)
        {
            await using McpClient client = await McpClients.ConnectAsync(address);
            await client.WaitForToolsAsync(14);

            before.ExitCode.Should().Be(1);
            before.Error.Should().Contain("login web");
            login.Should().Match<RunResult>(run => run.ExitCode == 0 && run.Output.EndsWith("Logged in to web.", StringComparison.Ordinal), login.Error);
            (await client.CallAsync("web", "echo", new { text = "hello" })).Text().Should().Be("hello");
            authority.Registrations.Should().Be(1);
            (server.Log + login.Error + before.Error).Should().NotContainAny(authority.Secrets);
        }
    }

    [Fact]
    public async Task Login_WrongName_SaysWhichThereAre()
    {
        using TemporaryFolder folder = new();
        string file = Programs.ServersFile(folder.FullPath, ["one"]);

        RunResult absent = await OptimizerProcess.RunAsync(folder.FullPath, null, "login", "onne", "--servers", file, "--db", folder.Combine("optimizer.db"));
        RunResult stdio = await OptimizerProcess.RunAsync(folder.FullPath, null, "login", "one", "--servers", file, "--db", folder.Combine("optimizer.db"));

        absent.Should().Match<RunResult>(run => run.ExitCode == 2 && run.Error.Contains("Did you mean 'one'?", StringComparison.Ordinal), absent.Error);
        stdio.Should().Match<RunResult>(run => run.ExitCode == 1 && run.Error.Contains("no \"oauth\" member", StringComparison.Ordinal), stdio.Error);
    }
}
