namespace Common;

/// <summary>An address as logs, errors, probes and the database may show it: without user-info, without the values of its query, without a fragment.</summary>
internal static class ShownAddress
{
    private const string Hidden = "***";

    /// <summary><c>https://u:p@h/p?token=x#f</c> as <c>https://***@h/p?token=***</c>. Text that is no absolute address is cut at the first <c>?</c> or <c>#</c> and before the last <c>@</c>.</summary>
    public static string Of(string address)
    {
        int query = address.IndexOfAny(['?', '#']);
        string path = query < 0 ? address : address[..query];
        int scheme = path.IndexOf("://", StringComparison.Ordinal);
        int authority = scheme < 0 ? 0 : scheme + 3;
        int end = path.AsSpan(authority).IndexOfAny('/', '\\');
        int at = path.LastIndexOf('@', end < 0 ? path.Length - 1 : Math.Max(authority + end - 1, 0));
        string shown = at < authority ? path : string.Concat(path.AsSpan(0, authority), Hidden, path.AsSpan(at));
        return VisibleText.Escape(query >= 0 && address[query] == '?' ? shown + Query(address[(query + 1)..]) : shown);
    }

    /// <inheritdoc cref="Of(string)"/>
    public static string Of(Uri address) => Of(address.OriginalString);

    private static string Query(string query)
    {
        int fragment = query.IndexOf('#', StringComparison.Ordinal);
        IEnumerable<string> pairs = (fragment < 0 ? query : query[..fragment]).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            // A member without a value may be the secret itself.
            return equals < 0 ? Hidden : pair[..(equals + 1)] + Hidden;
        });
        return "?" + string.Join('&', pairs);
    }
}
