namespace Horreum.Client.Models;

/// <summary>
/// JSON of unknown size, as it arrives. Reading <see cref="Content"/> reads the connection: nothing is held in memory.
/// Dispose it to give the connection back.
/// </summary>
/// <param name="content">The bytes, UTF-8.</param>
/// <param name="length">How many bytes there are; null when the sender did not say.</param>
/// <param name="owner">What is disposed with it.</param>
public sealed class JsonPayload(Stream content, long? length, IDisposable? owner = null) : IAsyncDisposable
{
    /// <summary>The bytes, UTF-8.</summary>
    public Stream Content { get; } = content;

    /// <summary>How many bytes there are; null when the sender did not say.</summary>
    public long? Length { get; } = length;

    /// <summary>Whether there is no JSON at all, for example because a run has no metadata.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>No JSON.</summary>
    public static JsonPayload Empty() => new(Stream.Null, 0);

    /// <summary>Gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        owner?.Dispose();
    }
}
