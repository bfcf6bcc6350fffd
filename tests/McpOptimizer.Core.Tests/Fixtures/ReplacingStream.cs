using System.Text;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>Passes on what is written, with one text replaced by another.</summary>
internal sealed class ReplacingStream(Stream inner) : MemoryStream
{
    public (string Mark, string Text)? Replacement { get; set; }

    public override bool CanWrite => true;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await inner.WriteAsync(
            Replacement is { } change ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(buffer.Span).Replace(change.Mark, change.Text, StringComparison.Ordinal)) : buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Messages are written asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
