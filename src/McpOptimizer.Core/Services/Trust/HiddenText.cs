using System.Globalization;
using System.Text;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Characters that a reader does not see, or sees in another order, but a model reads.</summary>
internal static class HiddenText
{
    // A pasted text may hold a few of them; this many carry a message.
    private const int ManyZeroWidth = 8;
    private const int ManySelectors = 4;

    public static void Scan(string path, string text, bool isName, List<TrustFinding> findings)
    {
        int tags = 0, overrides = 0, isolates = 0, zeroWidth = 0, selectors = 0, controls = 0, marks = 0, blanks = 0;
        int first = -1;
        bool rightToLeft = false, joinsLetters = false;
        bool flag = false;
        int at = 0;
        Rune before = default;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int value = rune.Value;
            int found = 0;
            switch (value)
            {
                case 0x1F3F4:
                    // The black flag and tags behind it are the flags of England, Scotland and Wales.
                    flag = true;
                    break;
                case >= 0xE0000 and <= 0xE007F:
                    found = flag ? 0 : ++tags;
                    flag &= value != 0xE007F;
                    break;
                case 0x202D or 0x202E:
                    found = ++overrides;
                    break;
                case 0x202A or 0x202B or 0x202C or (>= 0x2066 and <= 0x2069):
                    found = ++isolates;
                    break;
                case 0x200E or 0x200F or 0x061C:
                    found = ++marks;
                    break;
                case 0x200C or 0x200D:
                    // Part of emoji and of several scripts; between Latin letters it joins nothing.
                    if (before.IsAscii)
                    {
                        found = ++zeroWidth;
                        joinsLetters = true;
                    }

                    break;
                case 0x200B or (>= 0x2060 and <= 0x2064) or 0x180E or 0xFEFF or 0x00AD or 0x034F or (>= 0x206A and <= 0x206F):
                    found = ++zeroWidth;
                    break;
                case (>= 0xFE00 and <= 0xFE0E) or (>= 0xE0100 and <= 0xE01EF):
                    found = ++selectors;
                    break;
                case 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800:
                    found = ++blanks;
                    break;
                case < 0x20 and not ('\n' or '\r' or '\t') or (>= 0x7F and <= 0x9F):
                case '\n' or '\r' or '\t' or 0x2028 or 0x2029 when isName:
                    found = ++controls;
                    break;
                case (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC):
                    rightToLeft = true;
                    break;
                default:
                    flag = false;
                    break;
            }

            first = found > 0 && first < 0 ? at : first;
            before = rune;
            at += rune.Utf16SequenceLength;
        }

        if (first < 0)
        {
            return;
        }

        string excerpt = DefinitionScanner.Around(text, first, 1);
        void Report(int count, string code, FindingSeverity severity, string what)
        {
            if (count > 0)
            {
                DefinitionScanner.Add(findings, code, severity, path, string.Create(CultureInfo.InvariantCulture, $"{count} {what}"), excerpt);
            }
        }

        FindingSeverity InText(bool abnormal) => isName || abnormal ? FindingSeverity.High : FindingSeverity.Low;
        Report(tags, "hidden-text", FindingSeverity.High, "tag characters: an invisible alphabet");
        Report(selectors, "hidden-text", InText(selectors >= ManySelectors), "variation selectors");
        Report(zeroWidth, "hidden-text", InText(zeroWidth >= ManyZeroWidth), joinsLetters ? "zero-width characters, also between letters" : "zero-width characters");
        Report(blanks, "hidden-text", InText(blanks >= ManyZeroWidth), "letters without a shape");
        Report(overrides, "text-direction", FindingSeverity.High, "characters that reverse the order of what is shown");
        Report(isolates, "text-direction", rightToLeft && !isName ? FindingSeverity.Low : FindingSeverity.High, "characters that change the direction of text");
        Report(marks, "text-direction", isName ? FindingSeverity.High : FindingSeverity.Low, "direction marks");
        Report(controls, "control-characters", isName || text.Contains('\u001b', StringComparison.Ordinal) ? FindingSeverity.High : FindingSeverity.Medium, "control characters");
    }

    /// <summary>The text without what cannot be seen.</summary>
    public static string Remove(string text)
    {
        StringBuilder visible = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool blank = rune.Value is '\n' or '\r' or '\t';
            if (blank || !VisibleText.IsHidden(rune))
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }
}
