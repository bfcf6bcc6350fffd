using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Undoes the cheap ways of writing a text so that it is read by a model, but not by a scan.</summary>
internal static partial class PlainText
{
    private const int MostRuns = 20;
    private const int ShortestRun = 18;
    private const int LongestRestored = 20_000;
    private const double MostlyReadable = .9;

    // Cyrillic and Greek letters that look like Latin ones, each followed by the letter that it stands for.
    private const string Lookalikes =
        "аaвbеeіiјjкkмmнhоoрpсcԁdѕsтtуyхxһhԛqԝwӏlгrпnьbѵvзeυuοoαaεeνvιiκkρpτtωwβbηnμuχxγyςc";

    private static readonly Dictionary<char, char> Latin = Lookalikes.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    // Words that the rules know, from which a text without usable spaces is put together again.
    private static readonly string[] Vocabulary =
    [
        "ignore", "disregard", "forget", "override", "bypass", "all", "any", "the", "of", "your", "these", "previous", "prior", "above", "earlier", "existing", "other", "system", "safety",
        "instructions", "instruction", "prompt", "rules", "guidelines", "directives", "message", "messages", "policy", "new", "follow", "do", "not", "dont", "never", "tell", "telling", "inform", "mention", "reveal", "say",
        "let", "know", "notice", "without", "hide", "keep", "secret", "secretly", "silently", "from", "user", "users", "human", "operator", "anyone", "this", "that", "it", "to", "read", "open", "send", "pass", "include",
        "put", "copy", "forward", "upload", "append", "attach", "content", "contents", "entire", "full", "conversation", "history", "chat", "context", "parameter", "argument", "field", "credentials", "passwords", "password",
        "api", "keys", "key", "token", "private", "ssh", "environment", "variables", "before", "after", "using", "use", "call", "calling", "tool", "tools", "must", "always", "first", "you", "are", "now", "and", "in",
        "ignoriere", "vergiss", "alle", "vorherigen", "bisherigen", "anweisungen", "regeln", "sage", "dem", "nutzer", "benutzer", "nichts", "nicht", "ignore", "toutes", "les", "instructions", "precedentes", "utilisateur",
        "ignora", "todas", "las", "instrucciones", "anteriores", "usuario", "игнорируй", "все", "предыдущие", "инструкции", "не", "говори", "пользователю",
    ];

    private static readonly Dictionary<string, string> Canonical = Vocabulary.DistinctBy(Canon).ToDictionary(Canon, word => word, StringComparer.Ordinal);

    private static readonly int LongestWord = Canonical.Keys.Max(word => word.Length);

    // Found in pieces, they say that the spaces of a text are not to be believed. Each without its spaces, and as it is ordinarily written.
    private static readonly (string Letters, string Written)[] Anchors =
    [
        .. new[]
        {
            "ignore", "disregard", "override", "instruction", "previous", "system prompt", "secretly", "do not tell", "do not inform", "without telling", "the user", "conversation", "credentials", "password",
            "parameter", "ignoriere", "anweisung", "nutzer", "toutes les", "utilisateur", "instrucciones", "usuario", "игнорир", "инструкци", "пользовател",
        }.Select(anchor => (Canon(anchor.Replace(" ", "", StringComparison.Ordinal)), anchor)),
    ];

    private static readonly ScanGate AnchorGate = new([.. Anchors.Select(anchor => anchor.Letters)]);

    /// <summary>
    /// Lower case, compatibility forms and accents undone, nothing that cannot be seen, and letters of other alphabets that stand in Latin words as the Latin ones
    /// they look like.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        StringBuilder folded = new(text.Length);
        foreach (Rune rune in Compatible(HiddenText.Remove(text)).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) || IsPartOfALetter(folded))
            {
                folded.Append(CharacterFolder.Fold(Plain(rune)).ToString());
            }
        }

        return MixedWord().Replace(folded.ToString(), match => HasLatin(match.ValueSpan) && !Ascii.IsValid(match.ValueSpan) ? Latinize(match.Value) : match.Value);
    }

    /// <summary>Other readings of a text that <see cref="Fold"/> wrote: with all lookalikes taken for Latin, and with its words put together again.</summary>
    public static IEnumerable<string> Readings(string folded)
    {
        if (!Ascii.IsValid(folded))
        {
            string latin = Latinize(folded);
            if (latin != folded)
            {
                yield return latin;
            }

            string joined = BetweenIdeographs().Replace(folded, "");
            if (joined.Length < folded.Length)
            {
                yield return joined;
            }
        }

        if (Restore(folded) is { } restored)
        {
            yield return restored;
        }
    }

    /// <summary>What encoded runs in a text say: base64, hexadecimal, percent and entity forms.</summary>
    public static IEnumerable<string> Decoded(string text)
    {
        if (text.Length < ShortestRun)
        {
            yield break;
        }

        foreach (Match run in EncodedRun().Matches(text).Take(MostRuns))
        {
            if (FromBase64(run.Value) is { } base64)
            {
                yield return base64;
            }
        }

        foreach (Match run in HexRun().Matches(text).Take(MostRuns))
        {
            string digits = string.Concat(run.Value.Where(char.IsAsciiHexDigit));
            if (Readable(Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits[..^1])) is { } hex)
            {
                yield return hex;
            }
        }

        if (text.Contains('%', StringComparison.Ordinal) && PercentRun().IsMatch(text))
        {
            yield return Uri.UnescapeDataString(text);
        }

        if (text.Contains("&#", StringComparison.Ordinal))
        {
            yield return WebUtility.HtmlDecode(text);
        }
    }

    /// <summary>What a name looks like: two names of one skeleton can be taken for one another.</summary>
    public static string Skeleton(string name)
    {
        string latin = Latinize(Fold(name));
        return Canon(latin.Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal));
    }

    // Mathematical, circled, squared and flag letters: a host in invariant globalization mode has no normalisation that knows them.
    private static Rune Plain(Rune rune) => rune.Value switch
    {
        >= 0x1D400 and <= 0x1D6A3 and int letter => new Rune((letter - 0x1D400) % 52 is var at && at < 26 ? 'A' + at : 'a' + at - 26),
        >= 0x1D7CE and <= 0x1D7FF and int digit => new Rune('0' + ((digit - 0x1D7CE) % 10)),
        >= 0x24B6 and <= 0x24E9 and int letter => new Rune('a' + ((letter - 0x24B6) % 26)),
        >= 0x1F130 and <= 0x1F149 and int letter => new Rune('a' + letter - 0x1F130),
        >= 0x1F170 and <= 0x1F189 and int letter => new Rune('a' + letter - 0x1F170),
        >= 0x1F1E6 and <= 0x1F1FF and int letter => new Rune('a' + letter - 0x1F1E6),
        _ => rune,
    };

    private static string Compatible(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a pair of surrogates: nothing to normalise, and the rest is looked at as it is.
            return text;
        }
    }

    // Marks belong to letters of scripts that are written with them; on a Latin letter they only stand in the way.
    private static bool IsPartOfALetter(StringBuilder folded) => folded.Length > 0 && folded[^1] > 0x52F && char.IsLetter(folded[^1]);

    private static bool HasLatin(ReadOnlySpan<char> word) => word.IndexOfAnyInRange('a', 'z') >= 0;

    private static string Latinize(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = Latin.GetValueOrDefault(source[i], source[i]);
        }
    });

    // Letters that are often written for one another, as one of them.
    private static string Canon(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = CanonOf(source[i]);
        }
    });

    private static char CanonOf(char letter) => letter switch
    {
        'l' or '1' or '!' or '|' => 'i',
        '0' => 'o',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => letter,
    };

    // "i g n o r e", "ig-no-re" and "1gn0re" as "ignore": null when every known word stands there in one piece.
    private static string? Restore(string text)
    {
        int length = Math.Min(text.Length, LongestRestored);
        char[] letters = ArrayPool<char>.Shared.Rent(length);
        int[] places = ArrayPool<int>.Shared.Rent(length);
        try
        {
            int count = 0;
            for (int i = 0; i < length; i++)
            {
                char canon = CanonOf(text[i]);
                if (char.IsLetter(canon))
                {
                    letters[count] = canon;
                    places[count++] = i;
                }
            }

            ReadOnlySpan<char> squeezed = letters.AsSpan(0, count);
            return AnchorGate.Lets(squeezed, Ascii.IsValid(squeezed)) && IsInPieces(text, squeezed, places) ? Segment(squeezed.ToString()) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
            ArrayPool<int>.Shared.Return(places);
        }
    }

    private static bool IsInPieces(string text, ReadOnlySpan<char> squeezed, ReadOnlySpan<int> places)
    {
        foreach ((string letters, string written) in Anchors)
        {
            for (int from = 0, at = squeezed.IndexOf(letters); at >= 0; at = squeezed[from..].IndexOf(letters))
            {
                at += from;
                if (!text.AsSpan(places[at], places[at + letters.Length - 1] - places[at] + 1).SequenceEqual(written))
                {
                    return true;
                }

                from = at + 1;
            }
        }

        return false;
    }

    private static string Segment(string squeezed)
    {
        StringBuilder text = new(squeezed.Length * 2);
        Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> words = Canonical.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int at = 0; at < squeezed.Length;)
        {
            string? word = null;
            int length = Math.Min(LongestWord, squeezed.Length - at);
            while (length > 1 && !words.TryGetValue(squeezed.AsSpan(at, length), out word))
            {
                length--;
            }

            text.Append(word is null ? squeezed[at..(at + 1)] : $" {word} ");
            at += word is null ? 1 : length;
        }

        return text.ToString();
    }

    private static string? FromBase64(string run)
    {
        string plain = run.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        plain = plain.Length % 4 == 1 ? plain[..^1] : plain;
        byte[] bytes = new byte[plain.Length];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out int count) ? Readable(bytes.AsSpan(0, count)) : null;
    }

    private static string? Readable(ReadOnlySpan<byte> bytes)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            int readable = text.Count(letter => char.IsLetterOrDigit(letter) || char.IsPunctuation(letter) || letter is ' ' or '\n' or '~' or '<' or '>');
            return text.Length >= 8 && readable >= text.Length * MostlyReadable ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"[\p{L}]{2,60}", RegexOptions.CultureInvariant)]
    private static partial Regex MixedWord();

    [GeneratedRegex(@"(?<=[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}])[\s\p{P}-[。！？]]{1,4}(?=[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}])", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenIdeographs();

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{24,200000}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex EncodedRun();

    [GeneratedRegex(@"(?:(?:\\x|0x)?[0-9A-Fa-f]{2}[\s:,-]?){12,100000}", RegexOptions.CultureInvariant)]
    private static partial Regex HexRun();

    [GeneratedRegex(@"(?:%[0-9A-Fa-f]{2}[^%]{0,3}){6}", RegexOptions.CultureInvariant)]
    private static partial Regex PercentRun();
}
