using McpOptimizer.Core.Models;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Server.Clients;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Clients;

public sealed class ServerImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ClientFolders Folders => new(_folder.FullPath, _folder.Combine("settings"), _folder.Combine("config"), _folder.Combine("work"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_SeveralClients_TakesEachServerOnceAndNothingSecretIsShown()
    {
        Write("cursor", """{"mcpServers":{"git":{"command":"git-mcp","env":{"T":"${env:GIT_TOKEN}"}},"web":{"url":"https://u:s3cret@web/mcp?key=s3cret","headers":{"A":"s3cret"}}}}""");
        Write("claude-code", """{"numStartups":3,"mcpServers":{"git":{"command":"git-mcp","env":{"T":"${env:GIT_TOKEN}"}},"web":{"type":"http","url":"https://other/mcp"}}}""");
        Write("codex", "[mcp_servers.files]\ncommand = \"files-mcp\"\nargs = [\"/tmp\"]\n");
        Write("vscode", """{"inputs":[{"id":"my key"}],"servers":{"asks":{"command":"a","env":{"K":"${input:my key}"}},"mcp-optimizer":{"command":"x"}}}""");
        Write("gemini", "{ broken");
        Write("zed", """{"theme":"dark"}""");

        ImportPlan plan = await PlanAsync();

        plan.Servers.Select(server => $"{server.Client} {server.Name} {server.As} {server.Outcome}").Should().BeEquivalentTo(
            "Claude Code git git Added", "Claude Code web web Added", "VS Code asks asks Added", "VS Code mcp-optimizer mcp-optimizer Own",
            "Cursor git git Present", "Cursor web web-cursor Renamed", "Codex files files Added");
        plan.Files.Single(file => file.Problem is not null).Client.Should().Be("Gemini CLI");
        plan.Servers.SelectMany(server => server.Needs).Should().Equal("MCP_INPUT_MY_KEY");
        string.Join('\n', plan.Servers.Select(server => server.Summary)).Should().NotContain("s3cret").And.Contain("https://***@web/mcp?key=***");

        await ServerImport.WriteAsync(plan, default);
        string written = await File.ReadAllTextAsync(plan.Target);
        written.Should().Contain("${env:GIT_TOKEN}", "references stay references").And.Contain("${input:my key}");
        using ServersFileWorkloadSource source = new(plan.Target);
        (await source.ListAsync()).Workloads.Select(workload => workload.Name).Should().BeEquivalentTo("git", "web", "asks", "web-cursor", "files");
        (await PlanAsync()).Additions().Should().BeEmpty("a second time there is nothing to add");
    }

    [Fact]
    public async Task Import_WorkspaceFile_NamesItsFolder()
    {
        Directory.CreateDirectory(Path.Combine(Folders.Current, ".vscode"));
        await File.WriteAllTextAsync(Path.Combine(Folders.Current, ".vscode", "mcp.json"), """{"servers":{"s":{"command":"node","args":["${workspaceFolder}/server.js"]}}}""");

        ImportPlan plan = await PlanAsync();
        await ServerImport.WriteAsync(plan, default);

        using ServersFileWorkloadSource source = new(plan.Target);
        (await source.ListAsync()).Workloads.Single().Endpoint!.Arguments.Should().Equal(Folders.Current + "/server.js");
    }

    [Fact]
    public async Task Import_InTheHomeFolder_ReadsEachFileOnce()
    {
        Write("cursor", """{"mcpServers":{"s":{"command":"node"}}}""");
        ClientFolders atHome = Folders with { Current = Folders.Home };

        ImportPlan plan = await ServerImport.PlanAsync(ClientApps.All, atHome, atHome.OwnServersFile, default);

        plan.Files.Should().ContainSingle();
        plan.Servers.Should().ContainSingle();
    }

    [Fact]
    public async Task Import_IntoAFileWithComments_KeepsThemAndTheFileFromBefore()
    {
        Write("cursor", """{"mcpServers":{"new":{"command":"n"}}}""");
        Directory.CreateDirectory(Path.GetDirectoryName(Folders.OwnServersFile)!);
        const string Before = "{\n  // hand-made\n  \"mcpServers\": {\n    \"old\": { \"command\": \"o\" },\n  },\n}\n";
        await File.WriteAllTextAsync(Folders.OwnServersFile, Before);

        string? backup = await ServerImport.WriteAsync(await PlanAsync(), default);

        (await File.ReadAllTextAsync(Folders.OwnServersFile)).Should().Contain("// hand-made").And.Contain("\"old\"").And.Contain("\"new\"");
        (await File.ReadAllTextAsync(backup!)).Should().Be(Before);
    }

    [Fact]
    public async Task Import_EntriesKeepTheirRestrictions()
    {
        Write("windsurf", """{"mcpServers":{"s":{"serverUrl":"https://h/mcp","disabledTools":["delete"]},"off":{"command":"x","disabled":true}}}""");
        ImportPlan plan = await PlanAsync();
        await ServerImport.WriteAsync(plan, default);

        using ServersFileWorkloadSource source = new(plan.Target);
        (await source.ListAsync()).Workloads.Should().SatisfyRespectively(
            s => s.Endpoint!.Tools!.Offers("delete").Should().BeFalse(),
            off => off.Status.Should().Be(ServerStatus.Stopped));
    }

    private Task<ImportPlan> PlanAsync() => ServerImport.PlanAsync(ClientApps.All, Folders, Folders.OwnServersFile, default);

    private void Write(string client, string text)
    {
        string path = ClientApps.Named(client).File(Folders);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
