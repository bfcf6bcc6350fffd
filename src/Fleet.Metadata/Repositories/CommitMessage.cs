using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleet.Metadata.Repositories;

/// <summary>Takes the message out of a stored commit.</summary>
internal static partial class CommitMessage
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

    // What nobody knows is read as UTF-8, and what does not fit is replaced.
    private static Encoding EncodingOf(ReadOnlySpan<byte> headers)
    {
        int at = headers.IndexOf(EncodingHeader);
        if (at < 0)
        {
            return Encoding.UTF8;
        }

        ReadOnlySpan<byte> rest = headers[(at + EncodingHeader.Length)..];
        int end = rest.IndexOf((byte)'\n');
        return Find(Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]).Trim()) ?? Encoding.UTF8;
    }

    private static Encoding? Find(string name)
    {
        string known = name.ToUpperInvariant() switch
        {
            "ISO8859-1" or "LATIN-1" => "latin1",
            "SJIS" => "shift_jis",
            "EUCJP" => "euc-jp",
            _ => name,
        };
        try
        {
            // Git hands the word to the system's library, which has a name of its own for the pages of Windows.
            return CodePage().Match(known) is { Success: true } page
                ? CodePagesEncodingProvider.Instance.GetEncoding(int.Parse(page.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                : CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A(?:cp|windows|ibm)[-_]?([0-9]{1,5})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CodePage();
}
