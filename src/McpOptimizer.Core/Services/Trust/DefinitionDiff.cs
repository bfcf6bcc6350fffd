using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Compares two definitions field by field.</summary>
internal static class DefinitionDiff
{
    private const int LongText = 80;

    // Of one definition: so that a page of reviews stays readable, whatever a server writes.
    private const int MostChanges = 60;
    private const int MostCharacters = 20_000;
    private const int LongestShown = 4_000;

    /// <summary>The difference as it is shown: the fields that differ, as far as they fit.</summary>
    public static TrustDiff Of(TrustEntry entry, IEnumerable<TrustChange> changes)
    {
        List<TrustChange> shown = [];
        int characters = 0;
        bool isCut = false;
        foreach (TrustChange change in changes)
        {
            TrustChange cut = change with { Path = Cut(change.Path, 400), Before = Cut(change.Before), After = Cut(change.After), Unified = Cut(change.Unified) };
            characters += Size(cut);
            if (shown.Count == MostChanges || (characters > MostCharacters && shown.Count > 0))
            {
                isCut = true;
                break;
            }

            isCut |= Size(cut) < Size(change);
            shown.Add(cut);
        }

        return new TrustDiff { Entry = entry, Changes = shown, IsCut = isCut };
    }

    /// <summary>What differs, worked out one by one. Without an approved definition: all of the current one.</summary>
    public static IEnumerable<TrustChange> OfDefinitions(string? approved, string? current)
    {
        Dictionary<string, string> before = Flatten(approved);
        Dictionary<string, string> after = Flatten(current);
        foreach ((string path, string value) in after)
        {
            string? old = before.GetValueOrDefault(path);
            if (old != value)
            {
                yield return Change(path, old, value);
            }
        }

        foreach ((string path, string value) in before.Where(field => !after.ContainsKey(field.Key)))
        {
            yield return Change(path, value, null);
        }
    }

    /// <summary>The difference of two plain texts.</summary>
    public static IReadOnlyList<TrustChange> OfTexts(string path, string? approved, string? current) => approved == current ? [] : [Change(path, approved, current)];

    private static int Size(TrustChange change) => change.Path.Length + (change.Before?.Length ?? 0) + (change.After?.Length ?? 0) + (change.Unified?.Length ?? 0);

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int longest = LongestShown)
    {
        if (text is null || text.Length <= longest)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..end]}… ({text.Length - end:N0} more characters)");
    }

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
            using Definition parsed = Definition.Parse(definition);
            Flatten(parsed.Root, "", fields);
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
