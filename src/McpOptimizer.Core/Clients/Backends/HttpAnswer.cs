using System.Net;
using System.Text;
using System.Text.Json;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>What an HTTP answer says besides its status, for an error's sentence.</summary>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The media type; null when none was sent.</param>
/// <param name="Body">The beginning of the body.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    private const int LongestExcerpt = 500;

    // Members under which servers write what went wrong, the most telling first.
    private static readonly string[] TellingMembers = ["error_description", "message", "detail", "title", "error"];

    /// <summary>The body as one line without markup and secrets: the message of an error in JSON, the text of a page; empty when it says nothing.</summary>
    public string Excerpt(SecretRedactor redactor)
    {
        string text = FromJson(Body, redactor) ?? (Body.TrimStart().StartsWith('<') ? WithoutMarkup(Body) : Body);
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // In this order: a secret that is cut in two would not be found any more.
        return VisibleText.Shorten(redactor.Redact(text), LongestExcerpt);
    }

    private static string? FromJson(string body, SecretRedactor redactor)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Message(document.RootElement, redactor) ?? redactor.RedactJson(document.RootElement.GetRawText());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Message(JsonElement element, SecretRedactor redactor)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }

        foreach (string name in TellingMembers)
        {
            if (element.TryGetProperty(name, out JsonElement member) && Message(member, redactor) is { Length: > 0 } text)
            {
                return element.TryGetProperty("data", out JsonElement data) && data.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
                    ? $"{text} {redactor.RedactJson(data.GetRawText())}"
                    : text;
            }
        }

        return null;
    }

    // Good enough for error pages of proxies: styles and scripts go with their content, other tags alone.
    private static string WithoutMarkup(string html)
    {
        StringBuilder text = new();
        for (int at = 0; at < html.Length;)
        {
            int tag = html.IndexOf('<', at);
            text.Append(html.AsSpan(at, (tag < 0 ? html.Length : tag) - at)).Append(' ');
            if (tag < 0)
            {
                break;
            }

            string? hidden = Array.Find(["style", "script", "svg"], name => html.AsSpan(tag + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase));
            int end = hidden is null ? html.IndexOf('>', tag) : html.IndexOf("</" + hidden, tag, StringComparison.OrdinalIgnoreCase);
            end = hidden is null || end < 0 ? end : html.IndexOf('>', end);
            at = end < 0 ? html.Length : end + 1;
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
