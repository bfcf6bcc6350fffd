using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coder.Recorder;

/// <summary>The last look before anything is written. In doubt it refuses: a person can look and record again, a published secret stays published.</summary>
internal static partial class SecretScan
{
    /// <exception cref="SecretSurvivedException">Something is left.</exception>
    public static void Check(IEnumerable<Fixture> fixtures, IEnumerable<string> secrets)
    {
        SecretForms known = new(secrets);
        foreach (Fixture fixture in fixtures)
        {
            foreach (string text in Texts(fixture.Mapping).Concat(fixture.Originals))
            {
                if (known.IsIn(text))
                {
                    throw new SecretSurvivedException(
                        $"Fixture '{fixture.Name}' holds a configured secret, plain or encoded, or a value that was redacted elsewhere; nothing is written.");
                }

                if (LooksSecret(text))
                {
                    throw new SecretSurvivedException($"Fixture '{fixture.Name}' holds something like a secret in a text of {text.Length} characters; nothing is written.");
                }
            }
        }
    }

    /// <summary>Whether a text holds a long run of characters as random keys have them. Ids of the UUID kind are none.</summary>
    public static bool IsDoubtful(string text)
    {
        foreach (Match run in Run().Matches(Uuid().Replace(text, " ")))
        {
            ReadOnlySpan<char> key = run.ValueSpan;
            bool mixed = key.ContainsAnyInRange('a', 'z') && key.ContainsAnyInRange('A', 'Z') && key.ContainsAnyInRange('0', '9');
            if (mixed || (key.Length >= 32 && key.ContainsAnyInRange('0', '9') && !key.ContainsAny('-', '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LooksSecret(string text) => Keys().IsMatch(text) || Labels().IsMatch(text) || Addresses().IsMatch(text) || IsDoubtful(text);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    // What vendors put before their keys, tokens of Coder, JSON web tokens, private keys.
    [GeneratedRegex(
        @"\b[A-Za-z0-9]{10}-[A-Za-z0-9]{22}\b|\bgh[pousr]_\w{16,}|\bgithub_pat_\w{16,}|\bgl[a-z]{2,6}-[\w-]{16,}|\b(?:sk|pk|rk)[-_][\w-]{12,}|\bwhsec_\w{12,}"
        + @"|\bA[A-Z]{3}[A-Z0-9]{16}\b|\bAIza[\w-]{20,}|\bya29\.[\w-]+|\bGOCSPX-[\w-]+|\b1//0[\w-]{20,}|\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}|hooks\.slack\.com/services/\S+"
        + @"|\beyJ[\w-]{6,}\.[\w-]{4,}|-----BEGIN [A-Z0-9 ]*(?:KEY|CERTIFICATE)|\bops_\w{12,}|\bnpm_\w{20,}|\bpypi-\w{12,}|\bdckr_(?:pat|oat)_\w+|\bhf_\w{16,}|\bSG\.[\w-]{12,}"
        + @"|\b(?:SK|AC)[0-9a-f]{32}\b|\bdo[opr]_v1_\w+|\bshp(?:at|ca|pa|ss)_\w+|\bhv[sbr]\.[\w-]{12,}|\bdapi[0-9a-f]{16,}|\b\d{6,12}:[\w-]{30,}|\bAT[A-Z]{2}T?3?[\w=-]{24,}"
        + @"|\b(?:lin_api|ntn|secret|gsk|r8|tskey|glsa|glc|NRAK|pul|rnd|sbp|vercel|figd|PMAK|dop|xai|pplx|nvapi|fo1|fly|sntrys|phc|phx|key|tok|pat)[-_][A-Za-z0-9_-]{16,}"
        + @"|\bAGE-SECRET-KEY-\w+|\b[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{25,}|(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s*=|\b[0-9a-fA-F]{32,}\b")]
    private static partial Regex Keys();

    // What people and programs write before a secret.
    [GeneratedRegex(
        @"(?:proxy-)?authorization\s*[:=]|\bbearer\s+\S{6,}|\bbasic\s+(?=\S*[0-9=])\S{8,}|\b(?:set-)?cookie\s*[:=]|\bx-(?:api|auth)-(?:key|token)\b|\bprivate-token\b"
        + @"|(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|signing[-_ ]?key|private[-_ ]?key|credentials?)[\w-]*[""']?\s*(?::=|=>|[:=])\s*[""']?[^\s""',;]{3,}"
        + @"|(?:password|passwd|passphrase|passcode|pwd|secret)s?[""']?\s+(?:is|are|was)\s+\S{3,}|(?:--(?:password|token|secret|api-key)|\s-p)\s+\S{6,}",
        RegexOptions.IgnoreCase)]
    private static partial Regex Labels();

    // User-info of an address, and what addresses carry tokens in.
    [GeneratedRegex(
        @"://[^/\s""@?#]*@|[?&#;](?:[\w.-]*(?:token|key|secret|passw|sig|credential|auth|jwt|assertion|session)[\w.-]*|code|sas|sv|pwd|state)=[^&\s""]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    [GeneratedRegex("[A-Za-z0-9_+=-]{20,}")]
    private static partial Regex Run();

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();
}
