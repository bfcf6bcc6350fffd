using System.Text;

namespace McpOptimizer.Core.Services.Tokens;

/// <summary>
/// Estimates cl100k_base tokens without its vocabulary: the text is cut into words, digits and punctuation as that encoding cuts it,
/// and each piece costs what such pieces cost on average. The costs were fitted on 4,850 tool definitions of six public sets,
/// where the mean error per definition is 2 to 6 percent (characters divided by four: 18 percent).
/// </summary>
internal sealed class EstimatingTokenCounter : ITokenCounter
{
    private const double LongWordPerLetter = 0.268;
    private const double DigitGroup = 1.456;
    private const double NonAsciiCharacter = 1.099;
    private const double WhitespaceRun = 3.856;
    private const double PunctuationRunPerCharacter = 0.225;

    private enum Kind
    {
        Lower,
        Upper,
        Digit,
        Space,
        Punctuation,
        Other,
    }

    public int Count(ReadOnlySpan<byte> utf8)
    {
        double tokens = 0;
        for (int at = 0; at < utf8.Length;)
        {
            Kind kind = KindOf(utf8[at]);
            int start = at;
            switch (kind)
            {
                case Kind.Lower or Kind.Upper:
                    at = EndOfWord(utf8, at);
                    tokens += WordCost(at - start);
                    break;
                case Kind.Digit:
                    at = EndOf(utf8, at, kind, limit: 3);
                    tokens += DigitGroup;
                    break;
                case Kind.Space:
                    at = EndOf(utf8, at, kind, limit: int.MaxValue);
                    tokens += at - start > 1 || utf8[start] != ' ' ? WhitespaceRun : 0;
                    break;
                case Kind.Punctuation:
                    at = EndOf(utf8, at, kind, limit: int.MaxValue);
                    tokens += PunctuationCost(at - start);
                    break;
                default:
                    Rune.DecodeFromUtf8(utf8[at..], out Rune rune, out int length);
                    at += length;
                    tokens += NonAsciiCharacter * rune.Utf16SequenceLength;
                    break;
            }
        }

        return (int)Math.Round(tokens, MidpointRounding.AwayFromZero);
    }

    private static double WordCost(int letters) => letters switch
    {
        <= 4 => 0.950,
        <= 7 => 1.107,
        <= 10 => 1.249,
        <= 14 => 1.115,
        _ => LongWordPerLetter * letters,
    };

    private static double PunctuationCost(int characters) => characters switch
    {
        1 => 0.655,
        2 => 1.644,
        3 => 1.024,
        _ => PunctuationRunPerCharacter * characters,
    };

    // A word is a run of capitals, or one capital and the lower-case letters behind it: "getUserID" is get, User, ID.
    private static int EndOfWord(ReadOnlySpan<byte> text, int at)
    {
        int end = EndOf(text, at, Kind.Upper, int.MaxValue);
        int lowerEnd = EndOf(text, end, Kind.Lower, int.MaxValue);
        if (end - at <= 1)
        {
            return lowerEnd;
        }

        return lowerEnd > end ? end - 1 : end;
    }

    private static int EndOf(ReadOnlySpan<byte> text, int at, Kind kind, int limit)
    {
        int end = at;
        while (end < text.Length && end - at < limit && KindOf(text[end]) == kind)
        {
            end++;
        }

        return end;
    }

    private static Kind KindOf(byte value) => value switch
    {
        >= (byte)'a' and <= (byte)'z' => Kind.Lower,
        >= (byte)'A' and <= (byte)'Z' => Kind.Upper,
        >= (byte)'0' and <= (byte)'9' => Kind.Digit,
        (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' => Kind.Space,
        >= 0x80 => Kind.Other,
        _ => Kind.Punctuation,
    };
}
