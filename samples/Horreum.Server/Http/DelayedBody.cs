using System.Text.Json;

namespace Horreum.Server.Http;

/// <summary>
/// A body whose first part is held back, so that a failure of Horreum on the way can still become an error reply. Content that fits is checked to be JSON
/// before any of it is sent; larger content is sent as it arrives.
/// </summary>
internal sealed class DelayedBody(HttpResponse response, Action begin) : Stream
{
    private const int HeldBack = 128 * 1024;
    private MemoryStream? _held = new();

    public bool HasBegun => _held is null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_held is not null && _held.Length + buffer.Length <= HeldBack)
        {
            _held.Write(buffer.Span);
            return;
        }

        if (_held is not null)
        {
            await ReleaseAsync(cancellationToken);
        }

        await response.Body.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what is held back.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_held is null)
        {
            return;
        }

        Check(_held.GetBuffer().AsSpan(0, (int)_held.Length));
        response.ContentLength = _held.Length;
        await ReleaseAsync(cancellationToken);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        MemoryStream held = _held!;
        _held = null;
        begin();
        await response.Body.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
    }

    private static void Check(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
        }
    }
}
