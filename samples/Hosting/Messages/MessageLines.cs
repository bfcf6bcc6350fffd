using System.Buffers;

namespace Hosting.Messages;

/// <summary>Messages line by line, each as the SDK can read it; one that is refused is left out and told of.</summary>
internal sealed class MessageLines(Stream input, Action<MessageRefusedException> refused) : AsyncReadStream
{
    private const int ChunkSize = 64 * 1024;

    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _ready = new();
    private int _taken;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_taken == _ready.WrittenCount)
        {
            _ready.ResetWrittenCount();
            _taken = 0;
            int read = await input.ReadAsync(_chunk, cancellationToken);
            if (read > 0)
            {
                Take(_chunk.AsSpan(0, read));
                continue;
            }

            if (_line.WrittenCount == 0)
            {
                return 0;
            }

            // The last message may lack its line end.
            EndLine();
        }

        int count = Math.Min(buffer.Length, _ready.WrittenCount - _taken);
        _ready.WrittenSpan.Slice(_taken, count).CopyTo(buffer.Span);
        _taken += count;
        return count;
    }

    private void Take(ReadOnlySpan<byte> read)
    {
        for (int end = read.IndexOf((byte)'\n'); end >= 0; end = read.IndexOf((byte)'\n'))
        {
            _line.Write(read[..end]);
            EndLine();
            _ready.Write("\n"u8);
            read = read[(end + 1)..];
        }

        _line.Write(read);
    }

    private void EndLine()
    {
        try
        {
            _ready.Write(IncomingMessage.ForSdk(_line.WrittenMemory).Span);
        }
        catch (MessageRefusedException e)
        {
            refused(e);
        }

        _line.ResetWrittenCount();
    }
}
