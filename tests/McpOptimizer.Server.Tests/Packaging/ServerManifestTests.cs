using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shared.Conventions;

namespace McpOptimizer.Server.Tests.Packaging;

/// <summary>The <c>.mcp/server.json</c> of each tool by the rules of the registry's schema (2025-12-11) that a file of ours can break.</summary>
public sealed partial class ServerManifestTests
{
    private static readonly string[] Names =
    [
        .. Directory.GetFiles(Path.Combine(SourceConvention.RepositoryRoot(), "samples"), "server.json", SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!)
            .Where(folder => Path.GetFileName(folder) == ".mcp")
            .Select(folder => Path.GetFileName(Path.GetDirectoryName(folder))!),
    ];

    public static TheoryData<string> Servers { get; } = [.. Names];

    [Fact]
    public void EveryTool_HasOne()
    {
        string samples = Path.Combine(SourceConvention.RepositoryRoot(), "samples");
        IEnumerable<string> tools = Directory.GetFiles(samples, "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("<PackAsTool>true", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!));

        Names.Should().BeEquivalentTo(tools).And.HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Manifest_KeepsTheRules(string server)
    {
        string folder = Path.Combine(SourceConvention.RepositoryRoot(), "samples", server);
        JsonElement manifest = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, ".mcp", "server.json")));
        string version = XDocument.Load(Path.Combine(SourceConvention.RepositoryRoot(), "Directory.Build.props")).Descendants("Version").Single().Value;

        Only(manifest, "$schema", "name", "title", "description", "version", "packages", "repository", "websiteUrl", "icons", "remotes", "_meta");
        Text(manifest, "$schema").Should().Be("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json");
        Text(manifest, "name").Should().MatchRegex("^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$").And.Match(name => name.Length >= 3 && name.Length <= 200);
        Text(manifest, "title").Length.Should().BeInRange(1, 100);
        Text(manifest, "description").Length.Should().BeInRange(1, 100);
        Text(manifest, "version").Should().Be(version).And.MatchRegex("^[0-9]+\\.[0-9]+\\.[0-9]+$", "ranges and 'latest' are refused");
        foreach (JsonElement package in manifest.GetProperty("packages").EnumerateArray())
        {
            Only(package, "registryType", "registryBaseUrl", "identifier", "version", "fileSha256", "runtimeHint", "transport", "runtimeArguments", "packageArguments", "environmentVariables");
            Text(package, "registryType").Should().Be("nuget");
            Text(package, "identifier").Should().Be(server, "that is the package's id");
            Text(package, "version").Should().Be(version);
            package.GetProperty("transport").EnumerateObject().Select(member => $"{member.Name}={member.Value}").Should().Equal("type=stdio");
            foreach (JsonElement argument in Items(package, "packageArguments"))
            {
                Only(argument, "type", "name", "value", "valueHint", "description", "isRequired", "isSecret", "format", "default", "placeholder", "choices", "isRepeated", "variables");
                if (Text(argument, "type") == "named")
                {
                    argument.TryGetProperty("name", out _).Should().BeTrue("a named argument has a name");
                }
                else
                {
                    Text(argument, "type").Should().Be("positional");
                    (argument.TryGetProperty("value", out _) || argument.TryGetProperty("valueHint", out _)).Should().BeTrue("a positional argument has a value or a hint");
                }

                Format(argument);
            }

            foreach (JsonElement variable in Items(package, "environmentVariables"))
            {
                Only(variable, "name", "value", "description", "isRequired", "isSecret", "format", "default", "placeholder", "choices", "variables");
                Text(variable, "name").Should().MatchRegex("^[A-Z][A-Z0-9_]*$");
                Format(variable);
            }
        }

        // How the registry sees that package and entry have one owner.
        Mark().Match(File.ReadAllText(Path.Combine(folder, "README.md"))).Groups[1].Value.Should().Be(Text(manifest, "name"));
    }

    private static void Format(JsonElement input)
    {
        if (input.TryGetProperty("format", out JsonElement format))
        {
            format.GetString().Should().BeOneOf("string", "number", "boolean", "filepath");
        }
    }

    private static void Only(JsonElement element, params string[] known) => element.EnumerateObject().Select(member => member.Name).Should().BeSubsetOf(known);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : default;

    [GeneratedRegex("mcp-name: (\\S+)")]
    private static partial Regex Mark();
}
