using System.Text;

namespace Fleet.Metadata.Repositories;

/// <summary>Takes the message out of a stored commit.</summary>
internal static class CommitMessage
{
    private static ReadOnlySpan<byte> EndOfHeaders => "\n\n"u8;

    private static ReadOnlySpan<byte> EncodingHeader => "\nencoding "u8;

    public static string Decode(ReadOnlySpan<byte> commit)
    {
        int end = commit.IndexOf(EndOfHeaders);
        if (end < 0)
        {
            return "";
        }

        ReadOnlySpan<byte> message = commit[(end + EndOfHeaders.Length)..];
        return EncodingOf(commit[..end]).GetString(message).TrimEnd();
    }

    // Those the framework knows without further tables; anything else is read as UTF-8, and what does not fit is replaced.
    private static Encoding EncodingOf(ReadOnlySpan<byte> headers)
    {
        int at = headers.IndexOf(EncodingHeader);
        if (at < 0)
        {
            return Encoding.UTF8;
        }

        ReadOnlySpan<byte> rest = headers[(at + EncodingHeader.Length)..];
        int end = rest.IndexOf((byte)'\n');
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]).Trim().ToUpperInvariant() is "ISO-8859-1" or "ISO8859-1" or "LATIN1" or "LATIN-1"
            ? Encoding.Latin1
            : Encoding.UTF8;
    }
}
