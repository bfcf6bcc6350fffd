using System.Globalization;
using System.Text;
using System.Text.Json;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>
/// Reads JSON as models write it into a text: in a fence, with commas behind the last item, with Python's words and quotes, or as JSON of a JSON text.
/// </summary>
internal static class LooseJson
{
    private const string Fence = "```";
    private const int MostLayers = 3;

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = JsonText.MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The value that a text means.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">What it means.</param>
    /// <param name="fault">Why it means nothing, as the end of a sentence that begins with "it".</param>
    public static bool TryRead(string text, out JsonElement value, out string fault)
    {
        value = default;
        fault = "";
        string inner = JsonText.Whole(text);
        for (int layer = 0; layer < MostLayers; layer++)
        {
            inner = WithoutFence(inner.Trim().TrimStart('\uFEFF'));
            if (!TryParse(inner, out value, out fault) && !(TryTranslate(inner, out string? json) && TryParse(json, out value, out _)))
            {
                return false;
            }

            if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } next || next.TrimStart() is not ['{' or '[', ..])
            {
                fault = "";
                return true;
            }

            inner = next;
        }

        return true;
    }

    private static string WithoutFence(string text)
    {
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || !text.EndsWith(Fence, StringComparison.Ordinal) || text.Length < 2 * Fence.Length)
        {
            return text;
        }

        // The first line may name the language.
        string inner = text[Fence.Length..^Fence.Length];
        int start = inner.AsSpan().IndexOfAny("{[\"'\n");
        return (start > 0 && inner[..start].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '\r') ? inner[start..] : inner).Trim();
    }

    private static bool TryParse(string text, out JsonElement value, out string fault)
    {
        try
        {
            value = JsonText.Whole(JsonElement.Parse(text, Lenient));
            fault = "";
            return true;
        }
        catch (JsonException e)
        {
            value = default;
            fault = JsonText.IsDeeperThan(Encoding.UTF8.GetBytes(text), JsonText.MaxDepth)
                ? string.Create(CultureInfo.InvariantCulture, $"is nested deeper than {JsonText.MaxDepth} levels")
                : string.Create(CultureInfo.InvariantCulture, $"is not JSON (line {e.LineNumber + 1}, position {e.BytePositionInLine})");
            return false;
        }
    }

    // Python's literals. A text in either quotes is taken over letter by letter; only outside of texts are words looked at.
    private static bool TryTranslate(string text, out string json)
    {
        StringBuilder translated = new(text.Length + 16);
        for (int at = 0; at < text.Length;)
        {
            char letter = text[at];
            if (letter is '"' or '\'')
            {
                int end = CopyText(text, at, translated);
                if (end < 0)
                {
                    json = "";
                    return false;
                }

                at = end;
            }
            else if (char.IsAsciiLetter(letter))
            {
                int end = at;
                while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                {
                    end++;
                }

                translated.Append(text[at..end] switch { "True" => "true", "False" => "false", "None" => "null", string other => other });
                at = end;
            }
            else
            {
                translated.Append(letter);
                at++;
            }
        }

        json = translated.ToString();
        return true;
    }

    // Returns the place behind the closing quote; -1 without one.
    private static int CopyText(string text, int start, StringBuilder translated)
    {
        char quote = text[start];
        translated.Append('"');
        for (int at = start + 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when at + 1 < text.Length:
                    at++;
                    translated.Append(text[at] == '\'' ? "'" : $"\\{text[at]}");
                    break;
                case char end when end == quote:
                    translated.Append('"');
                    return at + 1;
                case '"':
                    translated.Append("\\\"");
                    break;
                case char other:
                    translated.Append(other);
                    break;
            }
        }

        return -1;
    }
}
