using System.Text.RegularExpressions;

namespace Coder.Recorder;

/// <summary>The last look before anything is written.</summary>
internal static partial class SecretScan
{
    /// <exception cref="SecretSurvivedException">Something is left.</exception>
    public static void Check(IEnumerable<Fixture> fixtures, IEnumerable<string> secrets)
    {
        string[] known = [.. secrets.Where(secret => secret.Length >= 8).Distinct()];
        foreach (Fixture fixture in fixtures)
        {
            string text = FixtureFiles.Text(fixture);
            if (Array.Exists(known, secret => text.Contains(secret, StringComparison.Ordinal)))
            {
                throw new SecretSurvivedException(
                    $"Fixture '{fixture.Name}' holds a configured secret or a value that was redacted elsewhere; nothing is written.");
            }

            if (LooksSecret().Match(text) is { Success: true } match)
            {
                throw new SecretSurvivedException($"Fixture '{fixture.Name}' holds something like a secret at character {match.Index}; nothing is written.");
            }
        }
    }

    // Coder tokens, GitHub tokens, API keys with usual prefixes, cloud keys, JSON web tokens, private keys, long hexadecimal keys.
    [GeneratedRegex(
        @"\b[A-Za-z0-9]{10}-[A-Za-z0-9]{22}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bsk-[A-Za-z0-9_-]{16,}|\bAKIA[A-Z0-9]{16}\b"
        + @"|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{8,}\.[\w-]{8,}\.|-----BEGIN [A-Z ]*PRIVATE KEY|\b[0-9a-f]{40,}\b|\bops_[A-Za-z0-9]{20,}"
        + @"|[?&](?:token|key|secret)=[^&\s""]{6,}")]
    private static partial Regex LooksSecret();
}
