using System.Globalization;
using System.Text;

namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>
/// Splits any text into words: at everything that is neither letter nor digit, and inside identifiers at case changes. Scripts without spaces
/// give single characters and pairs. Work and output are linear in the text.
/// </summary>
internal static class Tokenizer
{
    private const int MaxWordLength = 64;
    private const int MaxCompoundParts = 4;

    private enum CharacterClass : byte
    {
        Lower,
        Upper,
        Digit,
    }

    /// <summary>Appends the tokens of a text to the buffer.</summary>
    public static void Tokenize(ReadOnlySpan<char> text, TokenBuffer buffer)
    {
        Span<CharacterClass> classes = stackalloc CharacterClass[MaxWordLength];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsAscii(text[at]))
            {
                at = char.IsAsciiLetterOrDigit(text[at]) ? ReadWord(text, at, buffer, classes) : at + 1;
                continue;
            }

            Rune.DecodeFromUtf16(text[at..], out Rune rune, out int consumed);
            if (IsUnspaced(rune))
            {
                at = ReadUnspaced(text, at, buffer);
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                at = ReadWord(text, at, buffer, classes);
            }
            else
            {
                if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol && rune.Value != 0xFFFD)
                {
                    int start = buffer.Length;
                    AppendRune(rune, buffer);
                    buffer.Tokens.Add(new Token(start, buffer.Length - start, TokenKind.Symbol, 0, at));
                }

                at += consumed;
            }
        }
    }

    private static int ReadWord(ReadOnlySpan<char> text, int at, TokenBuffer buffer, Span<CharacterClass> classes)
    {
        int source = at;
        int start = buffer.Length;
        int count = 0;
        while (at < text.Length)
        {
            char ascii = text[at];
            if (char.IsAsciiLetterOrDigit(ascii))
            {
                if (count < MaxWordLength - 1)
                {
                    bool isUpper = char.IsAsciiLetterUpper(ascii);
                    buffer.Append(isUpper ? (char)(ascii | 0x20) : ascii);
                    classes[count++] = isUpper ? CharacterClass.Upper : char.IsAsciiDigit(ascii) ? CharacterClass.Digit : CharacterClass.Lower;
                }

                at++;
                continue;
            }

            Rune.DecodeFromUtf16(text[at..], out Rune rune, out int consumed);
            if (Rune.IsLetterOrDigit(rune) && !IsUnspaced(rune))
            {
                // Longer words are cut, not split: a 100 kB word is one word.
                if (count < MaxWordLength - 1)
                {
                    CharacterClass kind = Rune.IsDigit(rune) ? CharacterClass.Digit : Rune.IsUpper(rune) ? CharacterClass.Upper : CharacterClass.Lower;
                    int before = buffer.Length;
                    AppendRune(CharacterFolder.Fold(rune), buffer);
                    for (int i = before; i < buffer.Length && count < MaxWordLength; i++)
                    {
                        classes[count++] = kind;
                    }
                }
            }
            else if (rune.Value is '\'' or 0x2019 && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                if (IsPossessive(text, at))
                {
                    at += 2;
                    break;
                }
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                // "c++", "c#" and "f#" are names; elsewhere these signs separate.
                if (count == 1 && (rune.Value == '#' || (rune.Value == '+' && at + 1 < text.Length && text[at + 1] == '+')))
                {
                    int signs = rune.Value == '#' ? 1 : 2;
                    for (int i = 0; i < signs; i++)
                    {
                        buffer.Append((char)rune.Value);
                    }

                    buffer.Tokens.Add(new Token(start, buffer.Length - start, TokenKind.Word, 0, source));
                    return at + signs;
                }

                break;
            }

            at += consumed;
        }

        EmitWord(start, buffer.Length - start, classes[..Math.Min(count, buffer.Length - start)], buffer, source);
        return at;
    }

    private static bool IsPossessive(ReadOnlySpan<char> text, int at) =>
        text[at + 1] is 's' or 'S' && (at + 2 == text.Length || !char.IsLetterOrDigit(text[at + 2]));

    private static void EmitWord(int start, int length, ReadOnlySpan<CharacterClass> classes, TokenBuffer buffer, int source)
    {
        if (length == 0)
        {
            return;
        }

        int parts = 0;
        int from = 0;
        for (int i = 1; i < classes.Length; i++)
        {
            if (IsBoundary(classes, i))
            {
                EmitPart(start + from, i - from, classes[from..i], TokenKind.Part, buffer, source + from);
                from = i;
                parts++;
            }
        }

        if (parts == 0)
        {
            EmitPart(start, length, classes, TokenKind.Word, buffer, source);
            return;
        }

        EmitPart(start + from, length - from, classes[from..], TokenKind.Part, buffer, source + from);
        if (++parts <= MaxCompoundParts)
        {
            buffer.Tokens.Add(new Token(start, length, TokenKind.Compound, parts, source));
        }
    }

    // fooBar | foo3Bar | HTTPServer; not the plural of an abbreviation: IDs, URLs.
    private static bool IsBoundary(ReadOnlySpan<CharacterClass> classes, int i)
    {
        if (classes[i] != CharacterClass.Upper)
        {
            return false;
        }

        if (classes[i - 1] == CharacterClass.Lower)
        {
            return true;
        }

        bool startsWord = i + 1 < classes.Length && classes[i + 1] == CharacterClass.Lower;
        bool plural = i + 2 == classes.Length && startsWord;
        return startsWord && !plural;
    }

    private static void EmitPart(int start, int length, ReadOnlySpan<CharacterClass> classes, TokenKind kind, TokenBuffer buffer, int source)
    {
        int digits = classes.Count(CharacterClass.Digit);
        if (digits == length)
        {
            buffer.Tokens.Add(new Token(start, length, TokenKind.Number, 0, source));
            return;
        }

        buffer.Tokens.Add(new Token(start, length, kind, 0, source));
        if (digits > 0 && classes.IndexOf(CharacterClass.Digit) is >= 3 and int letters)
        {
            buffer.Tokens.Add(new Token(start, letters, TokenKind.Letters, 0, source));
        }
    }

    private static int ReadUnspaced(ReadOnlySpan<char> text, int at, TokenBuffer buffer)
    {
        int previous = -1;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out Rune rune, out int consumed);
            if (!IsUnspaced(rune))
            {
                break;
            }

            int start = buffer.Length;
            AppendRune(CharacterFolder.Fold(rune), buffer);
            int length = buffer.Length - start;
            buffer.Tokens.Add(new Token(start, length, TokenKind.Unspaced, 0, at));
            if (previous >= 0)
            {
                buffer.Tokens.Add(new Token(previous, start - previous + length, TokenKind.Unspaced, 0, at));
            }

            previous = start;
            at += consumed;
        }

        return at;
    }

    private static void AppendRune(Rune rune, TokenBuffer buffer)
    {
        Span<char> units = stackalloc char[2];
        int count = rune.EncodeToUtf16(units);
        for (int i = 0; i < count; i++)
        {
            buffer.Append(units[i]);
        }
    }

    private static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x11FF => rune.Value is <= 0x109F or >= 0x1100, // Myanmar, Hangul letters
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3040 and <= 0x30FF => true, // kana
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true, // Han
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xAC00 and <= 0xD7AF => true, // Hangul
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFF66 and <= 0xFFDC => true, // half-width kana and Hangul
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };
}
