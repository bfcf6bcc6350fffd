using System.Text.RegularExpressions;
using McpOptimizer.Server.Clients;
using Shared.Conventions;

namespace McpOptimizer.Server.Tests.Packaging;

/// <summary>What docs/clients.md tells to write by hand is, to the letter, what <c>connect</c> writes.</summary>
public sealed partial class ClientSnippetTests
{
    private const string Address = "http://127.0.0.1:9900/mcp";

    [Fact]
    public void Document_HasASectionForEveryClient() =>
        Headings().Matches(Document()).Select(match => match.Groups[1].Value).Should().Equal(ClientApps.All.Select(app => app.Name));

    [Fact]
    public void Snippets_AreWhatConnectWrites()
    {
        string document = Document();
        foreach (ClientApp app in ClientApps.All)
        {
            string section = document[document.IndexOf($"(`{app.Name}`)", StringComparison.Ordinal)..];
            Match block = Block().Match(section);
            string expected = ClientConnection.Print(app, app.HttpEntry is { } http ? http(Address, null) : app.StdioEntry("mcp-optimizer", ["--stdio"]));

            block.Groups[2].Value.TrimEnd().Should().Be(expected, app.Name);
            block.Groups[1].Value.Should().Be(Path.GetExtension(app.File(ClientFolders.OfThisMachine())).TrimStart('.'), app.Name);
        }
    }

    private static string Document() => File.ReadAllText(Path.Combine(SourceConvention.RepositoryRoot(), "docs", "clients.md")).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^## .*\(`([a-z-]+)`\)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"```([a-z]+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
