using System.Globalization;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Repositories.Backends;

/// <summary>Reads listed definitions: one entry that makes no sense is left out and said so, the others stay.</summary>
internal static class ToolDefinitions
{
    private const int LongestName = 512;

    // Members of objects under these names are plain data of the protocol, where null means "not set". Schemas and _meta are not touched.
    private static readonly string[] PlainObjects = ["annotations", "execution", "icons"];

    /// <summary>The tools of a listing, without duplicates.</summary>
    public static List<ToolDefinition> Read(List<JsonNode?> raw, List<string> remarks)
    {
        List<ToolDefinition> tools = new(raw.Count);
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int at = 0; at < raw.Count; at++)
        {
            if (raw[at] is not JsonObject node || Text(node, "name") is not { Length: > 0 } name)
            {
                remarks.Add($"Tool {at + 1} of the listing has no name and was left out.");
            }
            else if (FaultOf(name) is { } fault)
            {
                remarks.Add($"Tool '{VisibleText.Shorten(name)}' of the listing {fault} and was left out.");
            }
            else if (!names.Add(name))
            {
                remarks.Add($"Tool '{VisibleText.Shorten(name)}' is listed more than once; the first one counts.");
            }
            else
            {
                tools.Add(Read(node, name));
            }
        }

        return tools;
    }

    /// <summary>Resources, templates or prompts of a listing.</summary>
    public static IReadOnlyList<BackendItem> ReadItems(List<JsonNode?> raw, string? uriMember)
    {
        List<BackendItem> items = new(raw.Count);
        foreach (JsonObject node in raw.OfType<JsonObject>())
        {
            string? uri = uriMember is null ? null : Text(node, uriMember);
            string? name = Text(node, "name") ?? uri;
            if (string.IsNullOrEmpty(name) || (uriMember is not null && string.IsNullOrEmpty(uri)) || (uri is null && FaultOf(name) is not null) || uri?.Contains('\uFFFD', StringComparison.Ordinal) == true)
            {
                continue;
            }

            items.Add(new BackendItem
            {
                Name = name,
                Uri = uri,
                Title = Text(node, "title"),
                Description = Text(node, "description"),
                DefinitionJson = Compact(node),
            });
        }

        return items;
    }

    // Calls repeat the name to the letter: one that cannot be repeated, or that no caller repeats as it is, costs the tool.
    private static string? FaultOf(string name) =>
        name.Contains('\uFFFD', StringComparison.Ordinal) || JsonText.Whole(name) != name ? "has a name that is not whole Unicode text"
        : name.Length > LongestName ? string.Create(CultureInfo.InvariantCulture, $"has a name of {name.Length:N0} characters; {LongestName} are allowed")
        : name.Length != name.Trim().Length ? "has a name with white space around it"
        : null;

    private static ToolDefinition Read(JsonObject node, string name) => new()
    {
        Name = name,
        Title = Text(node, "title") ?? (node["annotations"] is JsonObject annotations ? Text(annotations, "title") : null),
        Description = Text(node, "description"),
        Json = Compact(node),
    };

    private static byte[] Compact(JsonObject node)
    {
        RemoveNulls(node);
        foreach (string name in PlainObjects)
        {
            if (node[name] is JsonObject plain)
            {
                RemoveNulls(plain);
            }
            else if (node[name] is JsonArray list)
            {
                foreach (JsonObject entry in list.OfType<JsonObject>())
                {
                    RemoveNulls(entry);
                }
            }
        }

        return JsonText.WriteBytes(writer => node.WriteTo(writer)).ToArray();
    }

    private static void RemoveNulls(JsonObject node)
    {
        foreach (string name in node.Where(entry => entry.Value is null).Select(entry => entry.Key).ToArray())
        {
            node.Remove(name);
        }
    }

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
