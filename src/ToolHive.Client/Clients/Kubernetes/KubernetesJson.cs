using System.Text.Json;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>Reading members that may be absent or of another kind.</summary>
internal static class KubernetesJson
{
    /// <summary>The member at a path; null when any step is absent.</summary>
    public static JsonElement? Find(JsonElement? owner, params ReadOnlySpan<string> path)
    {
        JsonElement? current = owner;
        foreach (string step in path)
        {
            if (current is not { ValueKind: JsonValueKind.Object } element || !element.TryGetProperty(step, out JsonElement next))
            {
                return null;
            }

            current = next;
        }

        return current;
    }

    /// <summary>The text at a path; null when it is absent, empty or no text.</summary>
    public static string? Text(JsonElement? owner, params ReadOnlySpan<string> path) =>
        Find(owner, path) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The number at a path.</summary>
    public static int? Number(JsonElement? owner, params ReadOnlySpan<string> path) =>
        Find(owner, path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;
}
