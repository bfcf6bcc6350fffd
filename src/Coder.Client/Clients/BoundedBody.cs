using System.Text;

namespace Coder.Client.Clients;

/// <summary>Reads bodies that others control without letting them decide how much memory that takes.</summary>
internal static class BoundedBody
{
    /// <summary>Reads at most <paramref name="limit"/> bytes; null when the body is longer.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            return null;
        }

        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream copy = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (copy.Length + read > limit)
            {
                return null;
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    /// <summary>Whether the content says it is JSON, in any of its spellings.</summary>
    public static bool IsJson(HttpContent content) =>
        content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether somebody else answered in the server's place: a proxy's error page, a sign-in page, a load balancer's plain sentence.</summary>
    public static bool IsForeign(HttpContent content) => content.Headers.ContentType?.MediaType is not null && !IsJson(content);

    /// <summary>What came in place of the expected type, with what that mostly means.</summary>
    public static string DescribeForeign(HttpContent content, string expected = "JSON")
    {
        string? type = content.Headers.ContentType?.MediaType;
        bool isPage = type is not null && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Contains("xhtml", StringComparison.OrdinalIgnoreCase));
        return isPage
            ? $"with a web page ({type} instead of {expected}): a proxy or a sign-in page answered, or the address is not the right one"
            : $"with {(type is null ? "no content type" : VisibleText.Shorten(type, 80))} instead of {expected}";
    }

    /// <summary>Makes a foreign text fit for a message: one line, bounded, without the given secret.</summary>
    public static string? Sentence(string? text, string? secret)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        const int longest = 300;
        StringBuilder line = new(Math.Min(text.Length, longest + 1));
        string safe = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "[redacted]", StringComparison.Ordinal);
        foreach (char c in safe)
        {
            if (line.Length == longest)
            {
                line.Append('…');
                break;
            }

            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return VisibleText.Escape(line.ToString().Trim());
    }
}
