using System.Text;
using McpOptimizer.Server.Clients;
using McpOptimizer.Server.Configuration;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Clients;

public sealed class ClientFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Clients => [.. ClientApps.All.Select(app => app.Name)];

    private ClientFolders Folders => new(_folder.FullPath, _folder.Combine("settings"), _folder.Combine("config"), _folder.Combine("work"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task ConnectAndDisconnect_FileOfThatClient_IsTheOldOneToTheByte(string name)
    {
        (ClientApp app, ClientFile file) = Open(name);
        byte[] before = await WriteAsync(app, file);

        await ConnectAsync(app, file, alone: false);
        (await NamesAsync(file)).Should().BeEquivalentTo("mcp-optimizer", "one", "two");
        (await File.ReadAllTextAsync(file.Path)).Should().Contain("// mine".Replace("//", name == "codex" ? "#" : "//", StringComparison.Ordinal));

        (await file.UndoAsync("mcp-optimizer", default)).Should().Contain("to the byte");
        (await File.ReadAllBytesAsync(file.Path)).Should().Equal(before);
        Directory.GetFiles(Path.GetDirectoryName(file.Path)!).Should().ContainSingle("nothing is left beside it");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task ConnectAlone_MovesTheOthersOut_AndDisconnectBringsThemBack(string name)
    {
        (ClientApp app, ClientFile file) = Open(name);
        byte[] before = await WriteAsync(app, file);

        await ConnectAsync(app, file, alone: true);
        (await NamesAsync(file)).Should().Equal("mcp-optimizer");

        await file.UndoAsync("mcp-optimizer", default);
        (await File.ReadAllBytesAsync(file.Path)).Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Connect_NoFileYet_MakesOneThatDisconnectTakesAway(string name)
    {
        (ClientApp app, ClientFile file) = Open(name);

        await ConnectAsync(app, file, alone: false);
        (await NamesAsync(file)).Should().Equal("mcp-optimizer");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "it may hold a token");
        }

        await file.UndoAsync("mcp-optimizer", default);
        Directory.EnumerateFiles(Path.GetDirectoryName(file.Path)!).Should().BeEmpty();
    }

    [Fact]
    public async Task Disconnect_FileChangedSince_TakesOnlyTheEntryAndPutsMovedServersBack()
    {
        (ClientApp app, ClientFile file) = Open("cursor");
        await WriteAsync(app, file);
        await ConnectAsync(app, file, alone: true);
        await File.WriteAllTextAsync(file.Path, new JsonMembers(await File.ReadAllTextAsync(file.Path)).Set(["mcpServers"], "three", new System.Text.Json.Nodes.JsonObject { ["command"] = "3" }));

        (await file.UndoAsync("mcp-optimizer", default)).Should().Contain("2 moved servers were put back");
        (await NamesAsync(file)).Should().BeEquivalentTo("one", "two", "three");
        (await file.UndoAsync("mcp-optimizer", default)).Should().BeNull();
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("{ \"mcpServers\": ")]
    [InlineData("{ \"mcpServers\": [] }")]
    public async Task Connect_FileOfAnotherKind_IsRefusedAndLeftAlone(string text)
    {
        (ClientApp app, ClientFile file) = Open("cursor");
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        await File.WriteAllTextAsync(file.Path, text);

        (await FluentActions.Awaiting(() => ConnectAsync(app, file, alone: false)).Should().ThrowAsync<SettingException>()).Which.Message.Should().Contain(file.Path).And.Contain("Nothing was changed");
        (await File.ReadAllTextAsync(file.Path)).Should().Be(text);
    }

    [Fact]
    public async Task Connect_LinkedFile_ChangesTheFileBehindTheLink()
    {
        (ClientApp app, ClientFile plain) = Open("cursor");
        string real = _folder.Combine("dotfiles.json");
        await File.WriteAllTextAsync(real, "{}");
        Directory.CreateDirectory(Path.GetDirectoryName(plain.Path)!);
        File.CreateSymbolicLink(plain.Path, real);
        ClientFile file = new(app, plain.Path);

        await ConnectAsync(app, file, alone: false);

        File.ResolveLinkTarget(plain.Path, returnFinalTarget: true)!.FullName.Should().Be(real);
        (await File.ReadAllTextAsync(real)).Should().Contain("mcp-optimizer");
    }

    private static async Task ConnectAsync(ClientApp app, ClientFile file, bool alone) => await file.WriteAsync(
        await file.PlanAsync("mcp-optimizer", ClientConnection.Entry(app, "http://127.0.0.1:9900/mcp", "a-token-of-mine", []), alone, default), default);

    private static async Task<IEnumerable<string>> NamesAsync(ClientFile file) => (await file.ReadServersAsync(default)).Select(server => server.Key);

    private static async Task<byte[]> WriteAsync(ClientApp app, ClientFile file)
    {
        string text = app.Name switch
        {
            "codex" => "# mine\nmodel = \"m\"\n\n[mcp_servers.one]\ncommand = \"1\"\n\n[mcp_servers.two]\nurl = \"https://two/mcp\"\n[mcp_servers.two.http_headers]\nX = \"y\"\n\n[profiles.p]\nmodel = \"n\"",
            _ => $"\uFEFF{{\r\n\t// mine\r\n\t\"theme\": \"dark\",\r\n\t\"{app.Place[0]}\": {{\r\n\t\t\"one\": {{ \"command\": \"1\", \"args\": [] }}, // the first\r\n\t\t\"two\": {{ \"url\": \"https://two/mcp\" }},\r\n\t}},\r\n}}",
        };
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        await File.WriteAllBytesAsync(file.Path, bytes);
        return bytes;
    }

    private (ClientApp App, ClientFile File) Open(string name)
    {
        ClientApp app = ClientApps.Named(name);
        return (app, new ClientFile(app, app.File(Folders)));
    }
}
