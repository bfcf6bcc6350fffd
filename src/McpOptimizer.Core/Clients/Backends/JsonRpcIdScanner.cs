using System.Buffers.Text;
using System.Text;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Finds the id of a JSON-RPC response that is too large to keep, while it passes by. It may stand at either end of the message,
/// and members called <c>id</c> inside the result must not be taken for it.
/// </summary>
internal sealed class JsonRpcIdScanner
{
    private const int LongestWord = 64;

    private readonly List<byte> _word = [];
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _expectKey;
    private bool _inId;
    private bool _isRequest;
    private RequestId? _id;

    /// <summary>The response's id, as far as read; null when there is none or the message is not a response.</summary>
    public RequestId? ResponseId => _isRequest ? null : _id;

    /// <summary>Whether the last byte stands within a text.</summary>
    public bool IsInText => _inString;

    /// <summary>The greatest depth so far.</summary>
    public int Deepest { get; private set; }

    /// <summary>Reads on to the end of the message.</summary>
    /// <param name="bytes">More of it, and perhaps of what comes behind it.</param>
    /// <param name="complete">Whether the end is among them.</param>
    /// <returns>How many belong to the message.</returns>
    public int AppendToEnd(ReadOnlySpan<byte> bytes, out bool complete)
    {
        complete = false;
        for (int at = 0; at < bytes.Length; at++)
        {
            if (_inString)
            {
                at += ReadString(bytes[at..]);
                continue;
            }

            ReadOutside(bytes[at]);
            if (bytes[at] is (byte)'}' or (byte)']' && _depth <= 0)
            {
                complete = true;
                return at + 1;
            }
        }

        return bytes.Length;
    }

    /// <summary>Reads on.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at++)
        {
            if (_inString)
            {
                at += ReadString(bytes[at..]);
            }
            else
            {
                ReadOutside(bytes[at]);
            }
        }
    }

    // Returns how many bytes after the first were taken.
    private int ReadString(ReadOnlySpan<byte> bytes)
    {
        if (_escaped)
        {
            _escaped = false;
            Keep(bytes[..1]);
            return 0;
        }

        int end = bytes.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0)
        {
            Keep(bytes);
            return bytes.Length - 1;
        }

        Keep(bytes[..end]);
        if (bytes[end] == '\\')
        {
            _escaped = true;
        }
        else
        {
            _inString = false;
            EndString();
        }

        return end;
    }

    private void ReadOutside(byte value)
    {
        switch (value)
        {
            case (byte)'"':
                _inString = true;
                _word.Clear();
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                Deepest = Math.Max(Deepest, _depth);
                _expectKey = _depth == 1;
                break;
            case (byte)'}' or (byte)']':
                EndNumber();
                _depth--;
                break;
            case (byte)',' when _depth == 1:
                EndNumber();
                _expectKey = true;
                break;
            case (byte)':' when _depth == 1:
                _expectKey = false;
                _word.Clear();
                break;
            case >= (byte)'0' and <= (byte)'9' or (byte)'-' when _depth == 1 && _inId:
                Keep([value]);
                break;
        }
    }

    private void EndString()
    {
        if (_depth != 1)
        {
            return;
        }

        string word = Encoding.UTF8.GetString([.. _word]);
        _word.Clear();
        if (_expectKey)
        {
            _inId = word == "id";
            _isRequest |= word == "method";
        }
        else if (_inId)
        {
            _id = new RequestId(word);
            _inId = false;
        }
    }

    private void EndNumber()
    {
        if (_depth == 1 && _inId && Utf8Parser.TryParse([.. _word], out long number, out int used) && used == _word.Count)
        {
            _id = new RequestId(number);
        }

        _inId &= _depth != 1;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_depth == 1 && _word.Count < LongestWord)
        {
            _word.AddRange(bytes[..Math.Min(bytes.Length, LongestWord - _word.Count)]);
        }
    }
}
