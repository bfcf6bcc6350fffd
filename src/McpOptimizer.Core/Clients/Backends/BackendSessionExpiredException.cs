namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The backend does not know the session any more and did not look at the request.</summary>
internal sealed class BackendSessionExpiredException(Exception? inner = null) : Exception("The backend does not know the session any more.", inner)
{
    private const int CodeNoSession = -32001;
    private const int CodeServerError = -32000;

    private static readonly string[] GoneWords = ["not found", "no valid", "invalid", "unknown", "expired", "not exist", "no longer", "terminated", "missing"];

    /// <summary>
    /// Whether an error in an answer says so. Servers whose sessions live behind their HTTP layer say it with status 200. Strict, because a call is sent again
    /// then: the codes mean other things elsewhere, and tools have sessions of their own.
    /// </summary>
    public static bool IsSaidBy(int code, string? message)
    {
        string words = code switch { CodeNoSession => "session", CodeServerError => "session id", _ => "" };
        return words.Length > 0 && message is not null
            && message.Contains(words, StringComparison.OrdinalIgnoreCase)
            && Array.Exists(GoneWords, word => message.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
