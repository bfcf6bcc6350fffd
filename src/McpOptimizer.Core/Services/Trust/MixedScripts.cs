using System.Text;
using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Looks at the letters of names.</summary>
internal static partial class MixedScripts
{
    // From so many Latin letters on, a single foreign one among them is no symbol (as in "Δt"), but stands for one that it looks like.
    private const int ManyLatin = 3;

    /// <summary>What is wrong with a name whose words mix alphabets; null when nothing is.</summary>
    public static string? Find(string name)
    {
        foreach (Match word in Word().Matches(name))
        {
            int latin = 0, cyrillic = 0, greek = 0;
            foreach (Rune letter in word.Value.EnumerateRunes())
            {
                switch (letter.Value)
                {
                    case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC0 and <= 0x24F):
                        latin++;
                        break;
                    case >= 0x400 and <= 0x52F:
                        cyrillic++;
                        break;
                    case >= 0x370 and <= 0x3FF:
                        greek++;
                        break;
                    case (>= 0xFF21 and <= 0xFF5A) or (>= 0x1D400 and <= 0x1D7FF):
                        return "is written in letters that only look like Latin ones";
                    default:
                        break;
                }
            }

            if (latin > 0 && (cyrillic > 0 || (greek > 0 && latin >= ManyLatin)))
            {
                return $"mixes Latin and {(cyrillic > 0 ? "Cyrillic" : "Greek")} letters in one word";
            }
        }

        return null;
    }

    /// <summary>A name as words.</summary>
    public static string Words(string name) => Border().Replace(name, " ");

    [GeneratedRegex(@"[\p{L}\p{M}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z])|[_\-./:]{1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Border();
}
