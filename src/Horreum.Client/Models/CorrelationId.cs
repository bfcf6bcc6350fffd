using System.Buffers;

namespace Horreum.Client.Models;

/// <summary>The id that ties one request to its log lines, its error and the calls it causes.</summary>
public static class CorrelationId
{
    /// <summary>Longest id that is taken over from a caller.</summary>
    public const int MaxLength = 128;

    private static readonly AsyncLocal<string?> Flowing = new();
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=@#~");

    /// <summary>Id of the request in whose flow this code runs; null outside of a request.</summary>
    public static string? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The caller's id when it is short and plain, else a new one.</summary>
    public static string Accept(string? offered) =>
        offered is { Length: > 0 and <= MaxLength } && !offered.AsSpan().ContainsAnyExcept(Allowed) ? offered : Guid.NewGuid().ToString();
}
