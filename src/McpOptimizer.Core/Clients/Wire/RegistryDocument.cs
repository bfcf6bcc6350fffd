using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>
/// A registry document, whichever of the known formats it has: ToolHive's of today (<c>data.servers</c>) and of before (maps of containers and
/// remotes, alone or in ToolHive's REST answer), a page of the MCP registry, a bare list, or a single <c>server.json</c>.
/// </summary>
[JsonConverter(typeof(RegistryDocumentConverter))]
internal sealed class RegistryDocument
{
    /// <summary>The maps and lists of entries, in the order of the document; none when the format is not known.</summary>
    public required IReadOnlyList<JsonElement> Lists { get; init; }

    /// <summary>Cursor of the next page; null when there is none.</summary>
    public string? NextCursor { get; init; }
}
