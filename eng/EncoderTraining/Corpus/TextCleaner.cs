using System.Net;
using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus;

/// <summary>Strips markup and cuts prose into sentences.</summary>
internal static partial class TextCleaner
{
    private const int MinSentence = 12;

    public static string Plain(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        string plain = WebUtility.HtmlDecode(Tag().Replace(text, " "));
        plain = Link().Replace(plain, "$1");
        return Space().Replace(plain.Replace('`', ' ').Replace("**", "", StringComparison.Ordinal), " ").Trim();
    }

    public static string[] Sentences(string? text) =>
        [.. SentenceEnd().Split(Plain(text)).Select(s => s.Trim()).Where(s => s.Length >= MinSentence)];

    public static string First(string text, int sentences) => string.Join(' ', Sentences(text).Take(sentences));

    [GeneratedRegex("<[^>]{1,200}>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=\p{Lu})")]
    private static partial Regex SentenceEnd();
}
