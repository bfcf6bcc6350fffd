using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// Looks through a definition for text that is aimed at a model rather than at a reader. It informs those who approve; it proves neither that a
/// definition is good nor that it is bad. High is kept for what ordinary servers do not write (see the tests for the measured rate).
/// </summary>
internal static class DefinitionScanner
{
    private const int MostFindings = 20;
    private const int LongestScanned = 200_000;
    private const int ShortestOrder = 8;
    private const int Depth = 2;
    private const int LargeDescription = 10_000;
    private const int HugeDescription = 50_000;
    private const int LargeDefinition = 100_000;

    // One of these, or a '<' or a long word, is in everything that a rule of ScanRules matches; most texts have none, and are done with.
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        [
            "ignore", "disregard", "forget", "override", "bypass", "instructions:", "instruction:", "new instruction", "tell ", "telling ", "inform ", "informing ", "notify ", "notifying ", "alert ", "alerting ", "let the", "letting", "let user", "let human", "let any",
            "let operator", "mention ", "reveal ", "disclose ", "secret", "silently", "covert", "surreptitious", "keep th", "keep it", "hide ", "conceal", "without the",
            ".ssh", "id_rsa", "id_ed25519", ".aws", "/etc/", ".env", "mcp.json", ".npmrc", ".netrc", ".kube", "claude_desktop_config", "api key", "environment variables",
            "system prompt", "conversation", "chat history", "previous messages", "context window", "other tool", "any tool", "all tool", "every tool", "each tool", "other server", "other mcp", "inst]",
        ],
        StringComparison.OrdinalIgnoreCase);

    // Of every definition; they say nothing.
    private static readonly FrozenSet<string> SchemaWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "additionalProperties", "annotations", "arguments", "description", "exclusiveMaximum", "exclusiveMinimum", "inputSchema", "maxLength", "minLength", "maximum", "minimum", "outputSchema",
        "patternProperties", "properties", "required", "definitions", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \n\"");

    // All but line breaks and tabs.
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\n', '\r', '\t']), '\x7F']);

    /// <summary>Scans a definition: every text in it, wherever it stands, names of members included.</summary>
    public static IReadOnlyList<TrustFinding> Scan(ReadOnlyMemory<byte> definition)
    {
        string text = Encoding.UTF8.GetString(definition.Span);
        List<TrustFinding> findings = [];
        if (text.Length > LargeDefinition)
        {
            Add(findings, "oversized", FindingSeverity.Medium, "", $"the definition has {text.Length:N0} characters", "");
        }

        using Definition parsed = Definition.Parse(definition);
        Walk(parsed.Root, [], findings);
        return findings;
    }

    /// <summary>Scans one text.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<TrustFinding> ScanText(string path, string text)
    {
        List<TrustFinding> findings = [];
        ScanText([path], text, findings);
        return findings;
    }

    private static void Walk(JsonElement element, List<string> path, List<TrustFinding> findings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    path.Add(member.Name);
                    ScanName(path, member.Name, findings);
                    Walk(member.Value, path, findings);
                    path.RemoveAt(path.Count - 1);
                }

                break;
            case JsonValueKind.Array:
                int at = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    path.Add($"[{at++}]");
                    Walk(item, path, findings);
                    path.RemoveAt(path.Count - 1);
                }

                ScanTogether(element, path, findings);
                break;
            case JsonValueKind.String:
                string text = element.GetString()!;
                if (path is ["name"])
                {
                    ScanName(path, text, findings);
                }
                else
                {
                    ScanText(path, text, findings);
                }

                break;
            default:
                break;
        }
    }

    // Names are one word to a reader; what they say stands between their capitals and dashes.
    private static void ScanName(List<string> path, string name, List<TrustFinding> findings)
    {
        if (SchemaWords.Contains(name))
        {
            return;
        }

        if (!Ascii.IsValid(name) || HasControls(name))
        {
            string where = PathOf(path);
            HiddenText.Scan(where, name, isName: true, findings);
            if (MixedScripts.Find(name) is { } mixed)
            {
                Add(findings, "mixed-script", FindingSeverity.High, where, mixed, name);
            }
        }

        if (name.Length >= ShortestOrder)
        {
            ScanPlain(path, MixedScripts.Words(name), findings, Depth);
        }
    }

    // An order may be dealt out over the values of a list.
    private static void ScanTogether(JsonElement array, List<string> path, List<TrustFinding> findings)
    {
        if (array.GetArrayLength() > 2 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            string together = string.Join(' ', array.EnumerateArray().Select(item => item.GetString()));
            ScanPlain(path, together.Length > LargeDescription ? together[..LargeDescription] : together, findings, depth: 0);
        }
    }

    private static void ScanText(List<string> path, string text, List<TrustFinding> findings)
    {
        if (text.Length > LargeDescription)
        {
            FindingSeverity severity = text.Length > HugeDescription ? FindingSeverity.Medium : FindingSeverity.Low;
            Add(findings, "oversized", severity, PathOf(path), $"{text.Length:N0} characters in one text", text[..80]);
            text = text.Length > LongestScanned ? text[..LongestScanned] : text;
        }

        if (!Ascii.IsValid(text) || text.AsSpan().ContainsAny(Controls))
        {
            HiddenText.Scan(PathOf(path), text, isName: false, findings);
        }

        if (text.Length >= ShortestOrder)
        {
            ScanPlain(path, text, findings, Depth);
        }
    }

    // The text as it reads, in every way it can be read, and what is encoded in it.
    private static void ScanPlain(List<string> path, string text, List<TrustFinding> findings, int depth)
    {
        string folded = PlainText.Fold(text);
        ScanPhrases(path, Ascii.IsValid(text) ? text : HiddenText.Remove(text), findings);
        ScanMeanings(path, folded, findings);
        foreach (string reading in Ascii.IsValid(text) ? PlainText.Readings(folded) : PlainText.Readings(folded).Prepend(folded))
        {
            ScanPhrases(path, reading, findings);
            ScanMeanings(path, reading, findings);
        }

        foreach (string decoded in depth == 0 ? [] : PlainText.Decoded(text))
        {
            int before = findings.Count;
            ScanPlain(path, decoded, findings, depth - 1);
            if (findings.Count > before)
            {
                Add(findings, "encoded-text", FindingSeverity.High, PathOf(path), "holds an order in encoded form", decoded);
            }
        }
    }

    private static void ScanPhrases(List<string> path, string text, List<TrustFinding> findings)
    {
        if (!IsSuspect(text))
        {
            return;
        }

        foreach (ScanRule rule in ScanRules.All)
        {
            if (rule.Find(text) is { } match)
            {
                Add(findings, rule.Code, rule.Severity, PathOf(path), rule.Reason, Around(text, match.Index, match.Length));
            }
        }
    }

    private static void ScanMeanings(List<string> path, string text, List<TrustFinding> findings)
    {
        bool isAscii = Ascii.IsValid(text);
        foreach ((int index, int length) in ScanConcepts.Sentences(text))
        {
            ReadOnlySpan<char> span = text.AsSpan(index, length);
            string? sentence = null;
            foreach (ScanConcept concept in ScanConcepts.All)
            {
                if (concept.Gate.Lets(span, isAscii) && concept.Find(sentence ??= span.ToString()) is { } place)
                {
                    Add(findings, concept.Code, concept.Severity, PathOf(path), concept.Reason, Around(text, index + place.Index, place.Length));
                }
            }
        }
    }

    private static bool HasControls(string name) => name.AsSpan().ContainsAny(Controls) || name.AsSpan().ContainsAny('\n', '\r', '\t');

    private static bool IsSuspect(string text) => text.Contains('<', StringComparison.Ordinal) || text.AsSpan().ContainsAny(Hints) || HasLongWord(text);

    // A word of that length lies across one of these places, wherever it begins.
    private static bool HasLongWord(string text)
    {
        for (int at = ScanRules.LongWord - 1; at < text.Length; at += ScanRules.LongWord)
        {
            int from = text.AsSpan(0, at).LastIndexOfAny(Blanks) + 1;
            int length = text.AsSpan(at).IndexOfAny(Blanks);
            if ((length < 0 ? text.Length : at + length) - from >= ScanRules.LongWord)
            {
                return true;
            }
        }

        return false;
    }

    internal static void Add(List<TrustFinding> findings, string code, FindingSeverity severity, string path, string reason, string excerpt)
    {
        string where = VisibleText.Shorten(path, 300);
        int same = findings.FindIndex(finding => finding.Code == code && finding.Path == where);
        if (same >= 0 && findings[same].Severity >= severity)
        {
            return;
        }

        if (same >= 0)
        {
            findings.RemoveAt(same);
        }

        if (findings.Count < MostFindings)
        {
            findings.Add(new TrustFinding { Code = code, Severity = severity, Path = where, Reason = reason, Excerpt = Shorten(VisibleText.Escape(excerpt)) });
        }
    }

    /// <summary>A place in a text with a little of what is around it.</summary>
    internal static string Around(string text, int index, int length)
    {
        int from = Math.Max(0, index - 20);
        int to = Math.Min(text.Length, index + Math.Min(length, 80) + 20);

        // Not through the middle of a pair.
        from -= from > 0 && char.IsLowSurrogate(text[from]) ? 1 : 0;
        to += to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
        return (from > 0 ? "…" : "") + text[from..to] + (to < text.Length ? "…" : "");
    }

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..119] + "…";

    private static string PathOf(List<string> path) => string.Join('.', path).Replace(".[", "[", StringComparison.Ordinal);
}
