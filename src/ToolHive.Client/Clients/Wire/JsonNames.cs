using System.Text.Json;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Names out of elements that cannot be read as a whole.</summary>
internal static class JsonNames
{
    public static string? Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
