namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>Headers that an entry may not set, because the transport does.</summary>
internal static class TransportHeaders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Host", "Expect",
        "Mcp-Session-Id", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Last-Event-ID",
    };

    /// <summary>Whether the transport sets this header itself.</summary>
    public static bool Contains(string name) => Names.Contains(name) || name.StartsWith("Mcp-Param-", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a header; null when it can be sent (RFC 9110, 5.1 and 5.5). The value is not repeated: it may be a secret.</summary>
    public static string? Fault(string name, string value)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)))
        {
            return $"The header name '{VisibleText.Shorten(name)}' is not valid: letters, digits and - are, white space and : are not.";
        }

        return value.Any(letter => letter is < ' ' and not '\t' or > '~')
            ? $"The value of the header '{name}' has a line break, a control character or a letter that is not ASCII; headers cannot carry these."
            : null;
    }
}
