using System.Buffers;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Finds messages in what a program writes to its standard output. The protocol says one a line and nothing else; programs also write log text before a
/// message,
/// several in one line, one over several lines, a byte order mark, and a last line without an end.
/// </summary>
/// <param name="limit">Most bytes of a message.</param>
/// <param name="deliver">Takes the messages.</param>
/// <param name="report">Told what is odd.</param>
/// <param name="oversized">Told how large a message was that was thrown away.</param>
internal sealed class StdioFrames(long limit, Action<JsonRpcMessage> deliver, Action<string> report, Action<long> oversized)
{
    private const int LargestKeptBuffer = 1024 * 1024;

    private ArrayBufferWriter<byte> _line = new();
    private ArrayBufferWriter<byte> _open = new();
    private JsonRpcIdScanner? _oversized;
    private JsonRpcIdScanner? _scanner;
    private long _length;

    /// <summary>Lines that held no message, or text besides one.</summary>
    public int Ignored { get; private set; }

    /// <summary>Reads on.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            _length += part.Length;
            if (_oversized is null && _length > limit)
            {
                _oversized = new JsonRpcIdScanner();
                _oversized.Append(_line.WrittenSpan);
                _line = new ArrayBufferWriter<byte>();
            }

            if (_oversized is null)
            {
                _line.Write(part);
            }
            else
            {
                _oversized.Append(part);
            }

            if (end >= 0)
            {
                EndLine();
            }
        }
    }

    /// <summary>The program writes no more.</summary>
    public void End()
    {
        EndLine();
        GiveUp();
    }

    private void EndLine()
    {
        if (_oversized is not null)
        {
            GiveUp();
            Refuse(_oversized, _length);
            _oversized = null;
        }
        else
        {
            ReadLine(WithoutMark(_line.WrittenSpan).Trim(" \t\r"u8));
        }

        _length = 0;
        _line = _line.Capacity > LargestKeptBuffer ? new ArrayBufferWriter<byte>() : _line;
        _line.ResetWrittenCount();
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        // The usual case first. It also ends whatever was begun before: a line that looked like the start of a message was none, or was broken off.
        if (line[0] == '{' && line[^1] == '}' && JsonRpcFrames.TryRead(line, out RpcFrame frame) && (_scanner is null || frame.Messages.Count > 0))
        {
            GiveUp();
            Deliver(frame);
            return;
        }

        if (_scanner is { } open)
        {
            // A line end within a text is no JSON; the one who wrote it meant a line end all the same.
            ReadOnlySpan<byte> joint = open.IsInText ? "\\n"u8 : " "u8;
            open.Append(joint);
            _open.Write(joint);
        }

        Scan(line);
    }

    private void Scan(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (_scanner is null)
            {
                int start = StartOf(text);
                Ignored += start == 0 ? 0 : 1;
                if (start < 0)
                {
                    return;
                }

                text = text[start..];
                _scanner = new JsonRpcIdScanner();
            }

            int taken = _scanner.AppendToEnd(text, out bool complete);
            _open.Write(text[..taken]);
            text = text[taken..];
            if (_open.WrittenCount > limit)
            {
                Refuse(_scanner, _open.WrittenCount);
                Close();
            }
            else if (complete)
            {
                EndMessage();
            }
        }
    }

    private void EndMessage()
    {
        ReadOnlySpan<byte> json = _open.WrittenSpan;
        if (JsonRpcFrames.TryRead(json, out RpcFrame frame))
        {
            Deliver(frame with { Oddity = frame.Messages.Count == 0 ? null : frame.Oddity ?? "does not stand alone on one line" });
        }
        else if (json.LastIndexOf("{\"jsonrpc\""u8) is > 0 and int inner && JsonRpcFrames.TryRead(json[inner..], out RpcFrame last))
        {
            // Log text with a brace of its own before the message.
            Deliver(last with { Oddity = "does not stand alone on one line" });
        }
        else
        {
            Deliver(JsonRpcFrames.OfBroken(json));
        }

        Close();
    }

    private void GiveUp()
    {
        if (_scanner is not null)
        {
            Deliver(JsonRpcFrames.OfBroken(_open.WrittenSpan));
            Close();
        }
    }

    private void Deliver(RpcFrame frame)
    {
        Ignored += frame.Messages.Count == 0 ? 1 : 0;
        if (frame.Oddity is { } oddity && frame.Messages.Count > 0)
        {
            report(oddity);
        }

        foreach (JsonRpcMessage message in frame.Messages)
        {
            deliver(message);
        }
    }

    private void Refuse(JsonRpcIdScanner scanner, long bytes)
    {
        oversized(bytes);
        if (scanner.ResponseId is { } id)
        {
            deliver(OversizedMessage.Create(id, bytes));
        }
    }

    private void Close()
    {
        _scanner = null;
        _open = _open.Capacity > LargestKeptBuffer ? new ArrayBufferWriter<byte>() : _open;
        _open.ResetWrittenCount();
    }

    // An object with a member, or one that begins at the line's end; a batch of such. Anything else is log text.
    private static int StartOf(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            int next = text[at..].IndexOfAny((byte)'{', (byte)'[');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            ReadOnlySpan<byte> rest = text[(at + 1)..].TrimStart(" \t\r"u8);
            if (rest.IsEmpty || rest[0] == (text[at] == '{' ? (byte)'"' : (byte)'{'))
            {
                return at;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => line.StartsWith("\uFEFF"u8) ? line[3..] : line;
}
