using System.Buffers;
using System.Text;

namespace Fleet.Metadata.Clients.Processes;

/// <summary>Keeps the beginning of an output and lets the rest pass.</summary>
internal sealed class CapturedOutput(int maxBytes) : IOutputSink
{
    private readonly ArrayBufferWriter<byte> _kept = new(256);
    private readonly Lock _gate = new();

    public byte[] Bytes
    {
        get
        {
            lock (_gate)
            {
                return _kept.WrittenSpan.ToArray();
            }
        }
    }

    public string Text => Encoding.UTF8.GetString(Bytes);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _kept.Write(bytes[..Math.Min(bytes.Length, maxBytes - _kept.WrittenCount)]);
        }
    }
}
