namespace McpOptimizer.Core.Clients.Backends;

/// <summary>A backend's message is larger than allowed. Not an <see cref="IOException"/>: the SDK would take that for a network fault and read on.</summary>
internal sealed class BackendMessageTooLargeException(long limit) : Exception($"The message is larger than {limit} bytes.")
{
    /// <summary>The limit in bytes.</summary>
    public long Limit { get; } = limit;
}
