using System.Text.Json;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Compares two definitions field by field.</summary>
internal static class DefinitionDiff
{
    private const int LongText = 80;

    /// <summary>What differs. Without an approved definition: all of the current one.</summary>
    public static IReadOnlyList<TrustChange> OfDefinitions(string? approved, string? current)
    {
        Dictionary<string, string> before = Flatten(approved);
        Dictionary<string, string> after = Flatten(current);
        List<TrustChange> changes = [];
        foreach ((string path, string value) in after)
        {
            string? old = before.GetValueOrDefault(path);
            if (old != value)
            {
                changes.Add(Change(path, old, value));
            }
        }

        changes.AddRange(before.Where(field => !after.ContainsKey(field.Key)).Select(field => Change(field.Key, field.Value, null)));
        return changes;
    }

    /// <summary>The difference of two plain texts.</summary>
    public static IReadOnlyList<TrustChange> OfTexts(string path, string? approved, string? current) => approved == current ? [] : [Change(path, approved, current)];

    private static TrustChange Change(string path, string? before, string? after) => new()
    {
        Path = VisibleText.Escape(path),
        Before = before is null ? null : VisibleText.Escape(before, keepLines: true),
        After = after is null ? null : VisibleText.Escape(after, keepLines: true),
        Unified = before is not null && after is not null && Math.Max(before.Length, after.Length) > LongText
            ? UnifiedText.Diff(VisibleText.Escape(before, keepLines: true), VisibleText.Escape(after, keepLines: true))
            : null,
    };

    private static Dictionary<string, string> Flatten(string? definition)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        if (definition is not null)
        {
            using JsonDocument document = JsonDocument.Parse(definition, JsonText.Reading);
            Flatten(document.RootElement, "", fields);
        }

        return fields;
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string> fields)
    {
        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any())
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", fields);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            foreach ((int at, JsonElement item) in element.EnumerateArray().Index())
            {
                Flatten(item, $"{path}[{at}]", fields);
            }
        }
        else
        {
            // A member name may hold a dot: two fields of one path are told apart by a number.
            string key = path;
            for (int again = 2; !fields.TryAdd(key, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()); again++)
            {
                key = $"{path} ({again})";
            }
        }
    }
}
