using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Conventions;
using Shared.Testing;
using YamlDotNet.RepresentationModel;

namespace Docs.Tests;

/// <summary>Whatever a reader may copy from a page works: C# compiles, JSON and YAML are read by what reads them, commands are ones that there are.</summary>
public sealed class CodeBlockTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // Under which members the clients' files keep their servers.
    private static readonly string[] ServerMembers = ["mcpServers", "mcp", "servers", "context_servers"];

    private static readonly string Root = SourceConvention.RepositoryRoot();

    [Fact]
    public async Task CSharp_CompilesAsCopied()
    {
        List<string> faults = [];

        // The packages' own pages are compiled by their own tests, against their own references; the ideas are whole programs that the solution builds.
        foreach ((string place, string content) in Page.BlocksIn("csharp", "cs").Where(block => !block.Place.StartsWith("src", StringComparison.Ordinal) && !block.Place.StartsWith("samples", StringComparison.Ordinal)))
        {
            try
            {
                await SnippetCompiler.CompileAsync(content);
            }
            catch (InvalidOperationException e)
            {
                faults.Add($"{place}: {e.Message}");
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Json_IsReadByWhatReadsIt()
    {
        List<string> faults = [];
        foreach ((string place, string content) in Page.BlocksIn("json", "jsonc"))
        {
            try
            {
                JsonNode json = JsonNode.Parse(content, documentOptions: WithComments)!;
                if (json is JsonObject file && ServerMembers.Any(member => file[member] is JsonObject))
                {
                    faults.AddRange((await ReadServersAsync(content)).Select(fault => $"{place}: {fault}"));
                }
                else if (json is JsonObject settings && settings.Any(member => ConfigurationReference.Sections.ContainsKey(member.Key)))
                {
                    faults.AddRange(CheckSettings(content).Select(fault => $"{place}: {fault}"));
                }
            }
            catch (JsonException e)
            {
                faults.Add($"{place}: {e.Message}");
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public void Yaml_IsWellFormed()
    {
        foreach ((string place, string content) in Page.BlocksIn("yaml", "yml"))
        {
            Action read = () => new YamlStream().Load(new StringReader(content));
            read.Should().NotThrow(place);
        }
    }

    [Fact]
    public void Commands_AreThoseThatThereAre()
    {
        string[] faults =
        [
            .. Page.BlocksIn("", "sh", "bash", "console", "shell").SelectMany(block => TypedIn(block.Content).Select(line => (block.Place, Line: line)))
                .SelectMany(line => CommandsOf(line.Line).SelectMany(CheckCommand).Select(fault => $"{line.Place}: {line.Line}: {fault}")),
        ];

        faults.Should().BeEmpty();
    }

    [Fact]
    public void CheckCommand_OneThatIsNot_IsNoticed()
    {
        CheckCommand(["dotnet", "run", "--project", "samples/McpOptimizer.Server", "--", "find", "x", "--no-such-flag"]).Should().NotBeEmpty();
        CheckCommand(["dotnet", "run", "--project", "samples/Nothing"]).Should().NotBeEmpty();
        CheckCommand(["mcp-optimizer", "fnd", "x"]).Should().NotBeEmpty();
        CheckCommand(["dotnet", "add", "package", "McpOptimizer.Kore"]).Should().NotBeEmpty();
        CheckCommand(["dotnet", "run", "--project", "samples/McpOptimizer.Server", "--", "find", "x", "--token-budget", "800"]).Should().BeEmpty();
        CheckSettings("""{ "McpOptimizer": { "Serch": { "MaxToolsToReturn": 8 } } }""").Should().ContainSingle();
        CheckSettings("""{ "McpOptimizer": { "Search": { "MaxToolsToReturn": 800 } } }""").Should().ContainSingle();
        CheckSettings("""{ "McpOptimizer": { "Profiles": { "x": { "ReadOnly": true, "Servers": ["a"] } } }, "Host": { "Urls": ["http://127.0.0.1:1"] } }""").Should().BeEmpty();
    }

    private static async Task<IReadOnlyList<string>> ReadServersAsync(string content)
    {
        using TemporaryFolder folder = new();
        string file = folder.Combine("servers.json");
        await File.WriteAllTextAsync(file, content);
        WorkloadListing listing = await new ServersFileWorkloadSource(file).ListAsync();
        string[] missing = listing.Workloads.Count == 0 ? ["it names no server that can be used"] : [];
        return [.. missing, .. listing.UnreadableNames.Select(name => $"'{name}' cannot be read")];
    }

    private static List<string> CheckSettings(string content)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content))).Build();
        List<string> faults =
        [
            .. configuration.AsEnumerable().Where(pair => pair.Value is not null && ConfigurationReference.Sections.ContainsKey(pair.Key.Split(':')[0]))
                .Where(pair => !ConfigurationReference.IsSetting(pair.Key)).Select(pair => $"there is no setting {pair.Key}"),
        ];
        try
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Services.AddMcpOptimizer(configuration: configuration.GetSection("McpOptimizer"));
            using IHost host = builder.Build();
            _ = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<McpOptimizer.Core.McpOptimizerOptions>>().Value;
        }
        catch (Exception e) when (e is Microsoft.Extensions.Options.OptionsValidationException or InvalidOperationException)
        {
            faults.Add(e.Message);
        }

        return faults;
    }

    // Where a prompt stands, the other lines are what was answered.
    private static string[] TypedIn(string block)
    {
        string[] lines = block.Split('\n');
        string[] prompted = [.. lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])];
        return prompted.Length > 0 ? prompted : lines;
    }

    // Joined by && on one line, comments left out, quotes taken as a shell takes them.
    private static IEnumerable<string[]> CommandsOf(string line)
    {
        List<string> words = [];
        string word = "";
        bool isWord = false;
        char quote = '\0';
        foreach (char letter in line)
        {
            if (quote != '\0')
            {
                if (letter == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word += letter;
                }
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
                isWord = true;
            }
            else if (letter == '#' && !isWord)
            {
                break;
            }
            else if (letter == ' ')
            {
                Flush();
            }
            else
            {
                word += letter;
                isWord = true;
            }
        }

        Flush();
        while (words.Count > 0)
        {
            int end = words.IndexOf("&&");
            yield return [.. end < 0 ? words : words[..end]];
            words = end < 0 ? [] : words[(end + 1)..];
        }

        void Flush()
        {
            if (isWord)
            {
                words.Add(word);
            }

            word = "";
            isWord = false;
        }
    }

    private static IEnumerable<string> CheckCommand(string[] words) => words switch
    {
        ["dotnet", "run", .. string[] rest] => CheckRun(rest),
        ["dotnet", "build" or "test", { } target, ..] when !target.StartsWith('-') => Exists(target),
        ["dotnet", "add", "package", { } package, ..] => IsPackage(package) ? [] : [$"there is no package {package} among ours and those we use"],
        ["mcp-optimizer", .. string[] rest] => OptimizerCommands().Parse(rest).Errors.Select(error => error.Message),
        ["bash", { } script, ..] when script.StartsWith(".ci/", StringComparison.Ordinal) => Exists(script),
        _ => [],
    };

    private static IEnumerable<string> CheckRun(string[] words)
    {
        int project = Array.IndexOf(words, "--project");
        int own = Array.IndexOf(words, "--");
        if (project < 0 || project + 1 >= words.Length)
        {
            return [];
        }

        string path = words[project + 1].TrimEnd('/');
        string[] missing = [.. Exists(path)];
        return missing.Length > 0 || path != "samples/McpOptimizer.Server"
            ? missing
            : OptimizerCommands().Parse(own < 0 ? [] : words[(own + 1)..]).Errors.Select(error => error.Message);
    }

    // Internal to the server: its commands are no library.
    private static RootCommand OptimizerCommands() => (RootCommand)Assembly.Load("McpOptimizer.Server")
        .GetType("McpOptimizer.Server.Cli.OptimizerCommandLine", throwOnError: true)!
        .GetMethod("Create", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!
        .Invoke(null, null)!;

    private static IEnumerable<string> Exists(string path) =>
        path.Any(char.IsUpper) && path.Contains("PACKAGE", StringComparison.Ordinal) || Path.Exists(Path.Combine(Root, path)) ? [] : [$"there is no {path}"];

    private static bool IsPackage(string name) =>
        Directory.Exists(Path.Combine(Root, "src", name)) || File.ReadAllText(Path.Combine(Root, "Directory.Packages.props")).Contains($"Include=\"{name}\"", StringComparison.Ordinal);
}
