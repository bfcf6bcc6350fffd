using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>Makes JSON smaller and leaves it JSON of the same shape: lists lose their ends, long texts too, members of objects stay.</summary>
internal static class JsonShrinker
{
    private const int Overhead = 4;
    private const int ShortestText = 16;

    /// <summary>A copy that fits, or comes as near as its numbers, truth values and names allow.</summary>
    /// <param name="node">What to shrink; not changed.</param>
    /// <param name="characters">Characters its compact text may have.</param>
    public static JsonNode? Shrink(JsonNode? node, int characters)
    {
        int size = SizeOf(node);
        if (node is null || size <= characters)
        {
            return node?.DeepClone();
        }

        return node switch
        {
            JsonObject map => ShrinkObject(map, characters),
            JsonArray list => ShrinkArray(list, characters),
            JsonValue value when value.TryGetValue(out string? text) => TextCutter.Cut(text, Math.Max(ShortestText, characters - Overhead)) + "…",
            _ => node.DeepClone(),
        };
    }

    /// <summary>Characters of the compact text.</summary>
    public static int SizeOf(JsonNode? node) => node is null ? Overhead : JsonText.Of(node).Length;

    private static JsonArray ShrinkArray(JsonArray list, int characters)
    {
        JsonArray shrunk = [];
        int left = characters - 2;
        foreach (JsonNode? item in list)
        {
            int size = SizeOf(item) + 1;
            if (size <= left)
            {
                shrunk.Add(item?.DeepClone());
                left -= size;
                continue;
            }

            // One item that is too large alone is better cut than left out.
            if (shrunk.Count == 0 && left > ShortestText)
            {
                shrunk.Add(Shrink(item, left));
            }

            break;
        }

        return shrunk;
    }

    // Small members keep their size; what is left is shared by the large ones.
    private static JsonObject ShrinkObject(JsonObject map, int characters)
    {
        List<(string Key, JsonNode? Value, int Size)> members = [.. map.Select(member => (member.Key, member.Value, SizeOf(member.Value)))];
        int left = characters - 2 - members.Sum(member => JsonText.Inner(member.Key).Length + Overhead);
        Dictionary<string, int> shares = new(StringComparer.Ordinal);
        int open = members.Count;
        foreach ((string key, _, int size) in members.OrderBy(member => member.Size))
        {
            int share = Math.Min(size, Math.Max(0, left / open--));
            shares[key] = share;
            left -= share;
        }

        JsonObject shrunk = [];
        foreach ((string key, JsonNode? value, _) in members)
        {
            shrunk[key] = Shrink(value, shares[key]);
        }

        return shrunk;
    }
}
