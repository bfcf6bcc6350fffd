using System.Text.Json;

namespace Common;

/// <summary>Looks into JSON of strangers without trusting their shape: what has another type than expected is not there.</summary>
internal static class JsonLook
{
    /// <summary>The first of the members that is a text which says something.</summary>
    public static string? Text(JsonElement owner, params ReadOnlySpan<string> members)
    {
        foreach (string member in members)
        {
            if (Find(owner, member) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return null;
    }

    public static bool? Flag(JsonElement owner, params ReadOnlySpan<string> members)
    {
        foreach (string member in members)
        {
            if (Find(owner, member) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
            {
                return value.GetBoolean();
            }
        }

        return null;
    }

    public static JsonElement? Find(JsonElement owner, string member) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(member, out JsonElement value) ? value : null;

    /// <summary>Name of a member; null when it is not whole Unicode (half of a surrogate pair), which no text can hold.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The objects of a list.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement owner, string member) =>
        Find(owner, member) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(JsonElement owner, string member) =>
        Find(owner, member) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Where(text => text.Length > 0)
            : [];
}
