using System.Globalization;
using System.Text;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>
/// Takes a text into the pieces that the model knows (WordPiece, lower case): words at white space, signs on their own, each word into the longest pieces
/// from its beginning on.
/// </summary>
internal sealed class MiniLmTokenizer
{
    private const int LongestWord = 100;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _beginnings;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _endings;
    private readonly int _unknown;
    private readonly int _start;
    private readonly int _end;

    public MiniLmTokenizer(IReadOnlyList<string> vocabulary)
    {
        Dictionary<string, int> beginnings = new(vocabulary.Count, StringComparer.Ordinal);
        Dictionary<string, int> endings = new(StringComparer.Ordinal);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            string piece = vocabulary[id];
            bool isEnding = piece.Length > 2 && piece.StartsWith("##", StringComparison.Ordinal);
            (isEnding ? endings : beginnings)[isEnding ? piece[2..] : piece] = id;
        }

        _unknown = beginnings["[UNK]"];
        _start = beginnings["[CLS]"];
        _end = beginnings["[SEP]"];
        _beginnings = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        _endings = endings.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Writes the ids of a text's pieces between those of its start and its end.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="ids">As much of the text as fits in here is read.</param>
    /// <returns>How many were written, at least two.</returns>
    public int Tokenize(ReadOnlySpan<char> text, Span<int> ids)
    {
        ids[0] = _start;
        int count = 1;
        Span<int> room = ids[..^1];
        Span<char> word = stackalloc char[LongestWord];
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count == room.Length)
            {
                break;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                EndWord(word, ref length, room, ref count);
            }
            else if (IsNothing(rune))
            {
                continue;
            }
            else if (StandsAlone(rune))
            {
                EndWord(word, ref length, room, ref count);
                Span<char> sign = word[..rune.EncodeToUtf16(word)];
                length = sign.Length;
                EndWord(word, ref length, room, ref count);
            }
            else
            {
                Rune folded = CharacterFolder.Fold(rune);
                if (length + folded.Utf16SequenceLength <= LongestWord)
                {
                    length += folded.EncodeToUtf16(word[length..]);
                }
                else
                {
                    // Too long for a word: it is unknown as a whole.
                    length = LongestWord + 1;
                }
            }
        }

        EndWord(word, ref length, room, ref count);
        ids[count] = _end;
        return count + 1;
    }

    private void EndWord(Span<char> buffer, ref int length, Span<int> ids, ref int count)
    {
        if (length > 0 && count < ids.Length)
        {
            count += length > LongestWord ? Write(ids[count..], _unknown) : WritePieces(buffer[..length], ids[count..]);
        }

        length = 0;
    }

    private static int Write(Span<int> ids, int id)
    {
        ids[0] = id;
        return 1;
    }

    // A word that cannot be pieced together in full is unknown.
    private int WritePieces(ReadOnlySpan<char> word, Span<int> ids)
    {
        Span<int> pieces = stackalloc int[LongestWord];
        int count = 0;
        int start = 0;
        while (start < word.Length)
        {
            int end = word.Length;
            int id = -1;
            for (; end > start && id < 0; end--)
            {
                id = (start == 0 ? _beginnings : _endings).TryGetValue(word[start..end], out int known) ? known : -1;
            }

            if (id < 0)
            {
                return Write(ids, _unknown);
            }

            pieces[count++] = id;
            start = end + 1;
        }

        count = Math.Min(count, ids.Length);
        pieces[..count].CopyTo(ids);
        return count;
    }

    private static bool IsNothing(Rune rune) =>
        rune.Value is 0 or 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark;

    // Punctuation, all signs of ASCII, and ideographs.
    private static bool StandsAlone(Rune rune)
    {
        int value = rune.Value;
        return value < 0x80 ? !char.IsAsciiLetterOrDigit((char)value)
            : Rune.IsPunctuation(rune) || value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);
    }
}
