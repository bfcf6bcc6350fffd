namespace Common.Tests;

public sealed class AsyncReadStreamTests
{
    [Fact]
    public async Task Read_ByBothAsyncWays_IsTheSame()
    {
        byte[] buffer = new byte[4];

        await using Source source = new();

        (await source.ReadAsync(buffer.AsMemory(1, 2))).Should().Be(2);
        buffer.Should().Equal(0, 7, 7, 0);
        Array.Clear(buffer);
#pragma warning disable CA1835 // The older way is what is tried.
        (await source.ReadAsync(buffer, 1, 2, CancellationToken.None)).Should().Be(2);
#pragma warning restore CA1835
        buffer.Should().Equal(0, 7, 7, 0);
    }

    [Fact]
    public void Anything_Else_IsRefused()
    {
        using Source source = new();

        (source.CanRead, source.CanSeek, source.CanWrite).Should().Be((true, false, false));
        Action[] refused = [() => source.ReadByte(), () => source.Write([1], 0, 1), () => source.Seek(0, SeekOrigin.Begin), () => source.SetLength(1), () => _ = source.Length, () => source.Position = 1];
        foreach (Action action in refused)
        {
            action.Should().Throw<NotSupportedException>();
        }
    }

    [Fact]
    public async Task Dispose_EitherWay_EndsWhatItOwns()
    {
        MemoryStream first = new();
        MemoryStream second = new();

        new Source(first).Dispose();
        await new Source(second).DisposeAsync();

        first.CanRead.Should().BeFalse();
        second.CanRead.Should().BeFalse();
    }

    private sealed class Source(Stream? owned = null) : AsyncReadStream(owned)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill(7);
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
