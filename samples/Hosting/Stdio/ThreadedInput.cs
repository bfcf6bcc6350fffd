using System.IO.Pipelines;

namespace Hosting.Stdio;

/// <summary>
/// Standard input, read by a thread of its own. Reading it holds a thread until something comes; of the pool's few, which load what the host needs while it starts,
/// it would be one that the answer then waits for.
/// </summary>
internal sealed class ThreadedInput : AsyncReadStream
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Pipe _pipe = new();
    private readonly Stream _input;
    private readonly Stream _reader;

    public ThreadedInput(Stream input)
    {
        _input = input;
        _reader = _pipe.Reader.AsStream();
        new Thread(Read) { IsBackground = true, Name = "standard input" }.Start();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reader.ReadAsync(buffer, cancellationToken);

    private void Read()
    {
        try
        {
            while (_input.Read(_pipe.Writer.GetSpan(ChunkBytes)) is > 0 and int read)
            {
                _pipe.Writer.Advance(read);

                // Who writes faster than he is read waits here.
                Task<FlushResult> taken = _pipe.Writer.FlushAsync().AsTask();
                taken.Wait();
                if (taken.Result.IsCompleted)
                {
                    break;
                }
            }

            _pipe.Writer.Complete();
        }
        catch (IOException exception)
        {
            _pipe.Writer.Complete(exception);
        }
    }
}
