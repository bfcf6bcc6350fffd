namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>Tokens of one text with their folded characters; reused from text to text.</summary>
internal sealed class TokenBuffer
{
    private char[] _characters = new char[256];
    private int _length;

    /// <summary>The tokens in the order of the text.</summary>
    public List<Token> Tokens { get; } = new(64);

    /// <summary>How many characters are held.</summary>
    public int Length => _length;

    /// <summary>The folded characters of a token.</summary>
    public ReadOnlySpan<char> TextOf(in Token token) => _characters.AsSpan(token.Start, token.Length);

    /// <summary>Characters held from a place on.</summary>
    public ReadOnlySpan<char> Slice(int start, int length) => _characters.AsSpan(start, length);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _length = 0;
        Tokens.Clear();
    }

    /// <summary>Appends one character.</summary>
    public void Append(char character)
    {
        if (_length == _characters.Length)
        {
            Array.Resize(ref _characters, _length * 2);
        }

        _characters[_length++] = character;
    }

    /// <summary>Appends characters already held (a compound repeats its parts).</summary>
    public int AppendCopy(int start, int length)
    {
        int at = _length;
        for (int i = 0; i < length; i++)
        {
            Append(_characters[start + i]);
        }

        return at;
    }

    /// <summary>Takes back what was appended after a place.</summary>
    public void Truncate(int length) => _length = length;
}
