namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>
/// Cuts text into the lower-case words the encoder has rows for: camelCase, snake_case and punctuation separate; short mixes such as "s3" or "k8s"
/// stay whole.
/// </summary>
internal ref struct EncoderTokenizer
{
    /// <summary>The word that stands for every plain number.</summary>
    public const string NumberWord = "#";

    /// <summary>Longer words are cut: they are keys and blobs, not language.</summary>
    public const int MaxWordLength = 40;

    private const int MaxMixedLength = 8;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _runEnd;

    /// <summary>
    /// Starts at the beginning of <paramref name="text"/>; <paramref name="buffer"/> holds one word and needs <see cref="MaxWordLength"/> places.
    /// </summary>
    public EncoderTokenizer(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _text = text;
        _buffer = buffer;
    }

    /// <summary>The next word, valid until the next call; false at the end.</summary>
    public bool TryNext(out ReadOnlySpan<char> word)
    {
        while (_position < _text.Length)
        {
            if (_position >= _runEnd)
            {
                if (!char.IsLetterOrDigit(_text[_position]))
                {
                    _position++;
                    continue;
                }

                _runEnd = CaseRunEnd(_position);
            }

            int start = _position;
            int end = _runEnd - start <= MaxMixedLength && !IsDigits(_text[start.._runEnd]) ? _runEnd : KindRunEnd(start, _runEnd);
            _position = end;
            if (IsPossessive(start, end))
            {
                continue;
            }

            word = Lower(start, end);
            return true;
        }

        word = default;
        return false;
    }

    private static bool IsDigits(ReadOnlySpan<char> run)
    {
        foreach (char c in run)
        {
            if (!char.IsDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>End of letters and digits up to a change of case: "HTTPServer2Go" has the runs HTTP, Server2 and Go.</summary>
    private readonly int CaseRunEnd(int start)
    {
        int i = start + 1;
        for (; i < _text.Length && char.IsLetterOrDigit(_text[i]); i++)
        {
            if (!char.IsUpper(_text[i]))
            {
                continue;
            }

            bool previousUpper = char.IsUpper(_text[i - 1]);
            bool nextLower = i + 1 < _text.Length && char.IsLower(_text[i + 1]) && !IsPluralOfAcronym(i + 1);
            if (!previousUpper || nextLower)
            {
                break;
            }
        }

        return i;
    }

    /// <summary>"APIs", "PRs", "URLs": a lone s at the end of capitals belongs to them.</summary>
    private readonly bool IsPluralOfAcronym(int i) =>
        _text[i] == 's' && (i + 1 == _text.Length || !char.IsLetterOrDigit(_text[i + 1]));

    private readonly int KindRunEnd(int start, int limit)
    {
        bool digit = char.IsDigit(_text[start]);
        int i = start + 1;
        while (i < limit && char.IsDigit(_text[i]) == digit)
        {
            i++;
        }

        return i;
    }

    private readonly bool IsPossessive(int start, int end) =>
        end - start == 1 && _text[start] is 's' or 'S' && start > 0 && _text[start - 1] is '\'' or '’';

    private readonly ReadOnlySpan<char> Lower(int start, int end)
    {
        ReadOnlySpan<char> run = _text[start..end];
        if (IsDigits(run))
        {
            return NumberWord;
        }

        int length = Math.Min(run.Length, MaxWordLength);
        for (int i = 0; i < length; i++)
        {
            _buffer[i] = char.ToLowerInvariant(run[i]);
        }

        return _buffer[..length];
    }
}
