namespace Common;

/// <summary>One segment of a URL path, from text that a caller gave.</summary>
internal static class PathSegment
{
    /// <summary>
    /// The segment, percent-encoded. Empty text, <c>.</c> and <c>..</c> are refused: a client resolves dot segments, encoded or not (RFC 3986, 5.2.4),
    /// and the request would go to another resource.
    /// </summary>
    /// <exception cref="ArgumentException">The text cannot stand as one segment.</exception>
    public static string Escape(string value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return CanStand(value)
            ? Uri.EscapeDataString(value)
            : throw new ArgumentException($"'{value}' cannot be a part of an address: give a name that is not empty, '.' or '..'.", parameter);
    }

    /// <summary>Whether the text can stand as one segment of a path.</summary>
    public static bool CanStand(string value) => value is not ("" or "." or "..");
}
