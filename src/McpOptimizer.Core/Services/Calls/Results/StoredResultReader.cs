using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>Takes parts out of a stored result.</summary>
internal static class StoredResultReader
{
    private const int LongestPart = 1_000_000;

    /// <summary>The part asked for.</summary>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    public static StoredResultPage Read(JsonObject result, StoredResultQuery query, int pageCharacters)
    {
        List<JsonObject> blocks = [.. (result["content"] as JsonArray ?? []).OfType<JsonObject>()];
        if (query.Block is { } index)
        {
            if (index < 0 || index >= blocks.Count)
            {
                throw new ArgumentException($"'block' is {index}; the result has blocks 0 to {blocks.Count - 1}.");
            }

            if (ContentCost.CuttableText(blocks[index]) is not { } only)
            {
                return new StoredResultPage { Text = "", Block = (JsonObject)blocks[index].DeepClone(), Offset = 0, TotalLength = 0 };
            }

            return Slice(only, query, pageCharacters);
        }

        return Slice(WholeText(blocks, result["structuredContent"]), query, pageCharacters);
    }

    // Text blocks in order; others by name, to be asked for by their number.
    private static string WholeText(List<JsonObject> blocks, JsonNode? structured)
    {
        StringBuilder text = new();
        bool anyText = false;
        for (int at = 0; at < blocks.Count; at++)
        {
            text.Append(at == 0 ? "" : "\n");
            string? own = ContentCost.CuttableText(blocks[at]);
            anyText |= own is not null;
            text.Append(own ?? string.Create(CultureInfo.InvariantCulture, $"[block {at}: {ContentCost.Describe(blocks[at])}]"));
        }

        return anyText || structured is null ? text.ToString() : JsonText.Of(structured);
    }

    private static StoredResultPage Slice(string text, StoredResultQuery query, int pageCharacters)
    {
        int length = query.Length ?? pageCharacters;
        if (length is < 1 or > LongestPart)
        {
            throw new ArgumentException($"'length' is {length}; it must be 1 to {LongestPart}.");
        }

        if (query is { Page: not null, Offset: not null })
        {
            throw new ArgumentException("Give 'page' or 'offset', not both.");
        }

        long start = query.Page is { } page ? ((long)page - 1) * length : query.Offset ?? 0;
        if (start < 0 || (start >= text.Length && start > 0))
        {
            throw new ArgumentException(query.Page is null
                ? $"'offset' is {query.Offset}; the text has {text.Length} characters."
                : $"'page' is {query.Page}; there are {Math.Max(1, (text.Length + length - 1) / length)} pages.");
        }

        int from = TextCutter.Whole(text, (int)start);
        int to = TextCutter.Whole(text, (int)Math.Min(text.Length, start + length));
        to = to <= from ? Math.Min(text.Length, from + 2) : to;
        return new StoredResultPage
        {
            Text = text[from..to],
            Offset = from,
            TotalLength = text.Length,
            NextOffset = to < text.Length ? to : null,
        };
    }
}
