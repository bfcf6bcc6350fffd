using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Shared.Conventions;

/// <summary>What a package's tools tell of themselves, to the letter: names, descriptions, hints, schemas. Models see nothing else of a package.</summary>
public static class ToolListing
{
    private static readonly JsonSerializerOptions Readable = new(McpJsonUtilities.DefaultOptions) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to <c>tools/list</c>, in the order of the tools.</summary>
    public static string Describe(IEnumerable<McpServerTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return JsonSerializer.Serialize(new ListToolsResult { Tools = [.. tools.Select(tool => tool.ProtocolTool)] }, Readable).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Compares it with the listing kept beside the tests, which <c>UPDATE_PUBLIC_API=1</c> rewrites.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="project">The test project.</param>
    /// <param name="listing">File name of the listing.</param>
    /// <returns>The first lines that differ; empty when nothing changed.</returns>
    public static IReadOnlyList<string> Compare(IEnumerable<McpServerTool> tools, string project, string listing = "Tools.json")
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "tests", project, listing);
        string actual = Describe(tools);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(path, actual);
        }

        string[] now = actual.Split('\n');
        string[] before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n') : [];
        int at = now.Zip(before).TakeWhile(pair => pair.First == pair.Second).Count();
        return at == now.Length && at == before.Length ? [] : [$"line {at + 1}", "- " + before.ElementAtOrDefault(at), "+ " + now.ElementAtOrDefault(at)];
    }
}
