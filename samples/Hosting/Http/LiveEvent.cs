namespace Hosting.Http;

/// <summary>One server-sent event.</summary>
/// <param name="Kind">Its kind, a word.</param>
/// <param name="Data">Its data, on one line.</param>
public sealed record LiveEvent(string Kind, ReadOnlyMemory<byte> Data);
