using System.Buffers;

namespace Common;

/// <summary>A body that was read whole, in memory that goes back when it is disposed.</summary>
internal sealed class PooledBytes : IDisposable
{
    private const int FirstSize = 16 * 1024;
    private const int LargestFirstSize = 1024 * 1024;
    private byte[]? _buffer;
    private int _length;

    private PooledBytes(int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    /// <summary>The bytes, without the byte order mark that some proxies put in front.</summary>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            ReadOnlyMemory<byte> all = _buffer.AsMemory(0, _length);
            return all.Span.StartsWith("\uFEFF"u8) ? all[3..] : all;
        }
    }

    /// <summary>Reads a body to its end, or to one byte more than is allowed, whatever its head says.</summary>
    /// <param name="body">The body.</param>
    /// <param name="length">What the head says; null when it says nothing.</param>
    /// <param name="limit">Most bytes; null for as many as memory takes.</param>
    /// <param name="tooLarge">What to throw when there are more, given the limit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<PooledBytes> ReadAsync(Stream body, long? length, long? limit, Func<long, Exception> tooLarge, CancellationToken cancellationToken)
    {
        long most = Math.Min(limit ?? long.MaxValue, Array.MaxLength - 1);
        if (length > most)
        {
            throw tooLarge(most);
        }

        // One byte more than expected, so that the end shows without another buffer; a head may promise more than ever comes.
        PooledBytes bytes = new((int)Math.Min(length ?? FirstSize, LargestFirstSize) + 1);
        try
        {
            int read;
            while ((read = await body.ReadAsync(bytes.Free(most), cancellationToken).ConfigureAwait(false)) > 0)
            {
                bytes._length += read;
                if (bytes._length > most)
                {
                    throw tooLarge(most);
                }
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Where the next bytes go; never more than one byte beyond the limit.
    private Memory<byte> Free(long most)
    {
        if (_length == _buffer!.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _length, Array.MaxLength));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length, (int)Math.Min(_buffer.Length - _length, most + 1 - _length));
    }
}
