namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Whether an address may have been made from a template. Each <c>{part}</c> stands for any text, so that no spelling of an expansion slips through.</summary>
internal static class TemplateFit
{
    /// <summary>Whether the fixed parts of the template stand in the address, in their order, at its beginning and at its end.</summary>
    public static bool Fits(string template, string uri)
    {
        int at = 0;
        ReadOnlySpan<char> rest = template;
        for (bool first = true; ; first = false)
        {
            int open = rest.IndexOf('{');
            ReadOnlySpan<char> literal = open < 0 ? rest : rest[..open];
            if (open < 0)
            {
                return uri.Length - at >= literal.Length && uri.AsSpan(at).EndsWith(literal, StringComparison.OrdinalIgnoreCase);
            }

            int found = first ? (uri.AsSpan().StartsWith(literal, StringComparison.OrdinalIgnoreCase) ? 0 : -1) : uri.AsSpan(at).IndexOf(literal, StringComparison.OrdinalIgnoreCase);
            int close = rest[open..].IndexOf('}');
            if (found < 0 || close < 0)
            {
                return false;
            }

            at += found + literal.Length;
            rest = rest[(open + close + 1)..];
        }
    }
}
