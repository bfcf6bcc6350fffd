using System.Net;
using System.Text;

namespace Coder.Recorder;

/// <summary>Known secrets, found in the forms in which programs write them: plain, percent-encoded, in HTML, in base64 of either alphabet, in hexadecimal.</summary>
internal sealed class SecretForms
{
    private const int Shortest = 6;
    private const int MostEncodings = 3;

    private readonly HashSet<string> _plain = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _encoded = new(StringComparer.Ordinal);

    public SecretForms(IEnumerable<string> secrets)
    {
        foreach (string secret in secrets.Select(secret => secret.Trim()).Where(secret => secret.Length >= Shortest).Distinct(StringComparer.Ordinal))
        {
            _plain.Add(secret);
            _plain.Add(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)));
            foreach (byte[] bytes in (byte[][])[Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret)])
            {
                _encoded.UnionWith(Base64(bytes));
            }
        }
    }

    /// <summary>Whether the text holds any of the secrets.</summary>
    public bool IsIn(string text)
    {
        string current = text;
        for (int i = 0; i <= MostEncodings; i++)
        {
            string normal = current.Replace('-', '+').Replace('_', '/');
            if (_plain.Any(form => current.Contains(form, StringComparison.OrdinalIgnoreCase))
                || _encoded.Any(form => normal.Contains(form, StringComparison.Ordinal)))
            {
                return true;
            }

            string decoded = WebUtility.HtmlDecode(Uri.UnescapeDataString(current.Replace("\\u00", "%", StringComparison.Ordinal)));
            if (decoded == current)
            {
                return false;
            }

            current = decoded;
        }

        // Nobody encodes a harmless text that often.
        return true;
    }

    // The secret may begin at any place of a group of three bytes; what its neighbours take part in is left away.
    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (int before = 0; before < 3; before++)
        {
            string text = Convert.ToBase64String([.. new byte[before], .. secret]);
            int from = ((before * 8) + 5) / 6;
            int to = (before + secret.Length) * 8 / 6;
            if (to - from >= Shortest)
            {
                yield return text[from..to];
            }
        }
    }
}
