using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Horreum.Client.Clients;

/// <summary>
/// Reads JSON of a known shape so that one odd part costs itself: a member of another type is left out, and an element that is null or cannot be told apart
/// (its id is odd) is left out with it. What fits is read as fast as ever.
/// </summary>
internal sealed class LenientJson
{
    private const string IdMember = "id";
    private readonly List<string> _faults = [];
    private readonly List<int> _leftOut = [];

    /// <summary>One sentence for each odd part.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Positions of the elements that are left out of the answer's list: of the root, or of a member of the root.</summary>
    public IReadOnlyList<int> LeftOut => _leftOut;

    /// <exception cref="JsonException">It is not JSON, or of another shape altogether.</exception>
    public T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, FastRead<T>? fast = null)
    {
        if (!MayHoldNullElement(json))
        {
            try
            {
                return fast is not null && fast(json) is { } plain ? plain : JsonSerializer.Deserialize(json, type);
            }
            catch (JsonException)
            {
                // Looked at part by part below, which throws again when it is no JSON at all.
            }
        }

        try
        {
            JsonNode? root = JsonNode.Parse(json);
            return root is null || Mend(root, type, "", 0) ? root.Deserialize(type) : throw new JsonException("The JSON is of another kind.");
        }
        catch (ArgumentException e)
        {
            throw new JsonException("A member stands twice.", e);
        }
    }

    // Nulls in lists are legal JSON for the serializer, and rare: only where one may be is the answer looked at part by part.
    private static bool MayHoldNullElement(ReadOnlySpan<byte> json)
    {
        for (int from = 0; json[from..].IndexOf("null"u8) is >= 0 and int at; from += at + 4)
        {
            if (json[..(from + at)].TrimEnd(" \t\r\n"u8) is [.., (byte)'[' or (byte)','])
            {
                return true;
            }
        }

        return false;
    }

    // Whether the node can be read as the type once its odd parts are left out.
    private bool Mend(JsonNode node, JsonTypeInfo type, string path, int depth) => (type.Kind, node) switch
    {
        (JsonTypeInfoKind.Enumerable, JsonArray list) => MendList(list, type, path, depth),
        (JsonTypeInfoKind.Object, JsonObject members) => MendMembers(members, type, path, depth),
        (JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Object, _) => false,
        _ => Fits(node, type),
    };

    private bool MendList(JsonArray list, JsonTypeInfo type, string path, int depth)
    {
        JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType ?? typeof(JsonElement));
        int position = 0;
        for (int at = 0; at < list.Count; position++)
        {
            JsonNode? item = list[at];
            string name = $"{path}[{position}]{Identify(item)}";
            bool fits = item is null ? element.Kind == JsonTypeInfoKind.None && Fits(item, element) : Mend(item, element, name, depth + 1);
            if (fits)
            {
                at++;
                continue;
            }

            _faults.Add(item is JsonObject ? $"{name} has no id that can be read and was left out." : $"{name} is {KindOf(item)} and was left out.");
            list.RemoveAt(at);
            if (depth <= 1)
            {
                _leftOut.Add(position);
            }
        }

        return true;
    }

    private bool MendMembers(JsonObject members, JsonTypeInfo type, string path, int depth)
    {
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            JsonPropertyInfo? property = type.Properties.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                continue;
            }

            JsonTypeInfo expected = type.Options.GetTypeInfo(property.PropertyType);
            if (value is null ? Fits(value, expected) : Mend(value, expected, path.Length == 0 ? name : $"{path}.{name}", depth + 1))
            {
                continue;
            }

            if (AsInteger(value) is { } integer && Fits(integer, expected))
            {
                members[name] = integer;
                continue;
            }

            if (name.Equals(IdMember, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            _faults.Add($"{(path.Length == 0 ? "" : path + ": ")}{name} is {KindOf(value)}, which does not belong there, and was left out.");
            members.Remove(name);
        }

        return true;
    }

    private static bool Fits(JsonNode? node, JsonTypeInfo type)
    {
        try
        {
            node.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // 1000.0 is an id all the same.
    private static JsonValue? AsInteger(JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
        && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue
            ? JsonValue.Create((long)exact)
            : null;

    private static string Identify(JsonNode? item) => item is JsonObject members && members.TryGetPropertyValue(IdMember, out JsonNode? id)
        && id is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? $" (id {value.ToJsonString()})"
            : "";

    private static string KindOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
