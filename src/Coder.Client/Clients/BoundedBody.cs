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

        return line.ToString().Trim();
    }
}
