using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>Finds the lists of entries in a registry document, whatever stands around them.</summary>
internal sealed class RegistryDocumentConverter : JsonConverter<RegistryDocument>
{
    public override RegistryDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement root = JsonElement.ParseValue(ref reader);
        try
        {
            List<JsonElement> lists = [];
            Collect(root, lists);
            return new RegistryDocument { Lists = lists, NextCursor = Cursor(root) };
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A member's name around the servers is not whole Unicode.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, RegistryDocument value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Registry documents are read only.");

    private static void Collect(JsonElement node, List<JsonElement> lists)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            lists.Add(node);
            return;
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        int before = lists.Count;
        foreach (string member in (ReadOnlySpan<string>)["servers", "remote_servers"])
        {
            if (node.TryGetProperty(member, out JsonElement list) && list.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                lists.Add(list);
            }
        }

        // ToolHive's REST answer, and the frame of its files of today.
        foreach (string member in (ReadOnlySpan<string>)["registry", "data"])
        {
            if (node.TryGetProperty(member, out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
            {
                Collect(inner, lists);
            }
        }

        if (node.TryGetProperty("groups", out JsonElement groups) && groups.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement group in groups.EnumerateArray())
            {
                Collect(group, lists);
            }
        }

        if (lists.Count == before && IsServer(node))
        {
            lists.Add(Single(node));
        }
    }

    // A server.json alone, or in the frame that the registry puts around one.
    private static bool IsServer(JsonElement node) =>
        (node.TryGetProperty("server", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
        || (node.TryGetProperty("name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String
            && (node.TryGetProperty("packages", out _) || node.TryGetProperty("remotes", out _)));

    private static JsonElement Single(JsonElement node)
    {
        using JsonDocument list = JsonDocument.Parse($"[{node.GetRawText()}]", new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return list.RootElement.Clone();
    }

    private static string? Cursor(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        bool found = metadata.TryGetProperty("nextCursor", out JsonElement cursor) || metadata.TryGetProperty("next_cursor", out cursor);
        return found && cursor.ValueKind == JsonValueKind.String && cursor.GetString() is { Length: > 0 } text ? text : null;
    }
}
