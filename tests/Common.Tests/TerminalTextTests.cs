using System.Globalization;
using System.Text;

namespace Common.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain ╭─ ok ─╮\n\ttab", "plain ╭─ ok ─╮\n\ttab")]
    [InlineData("a\u001b[31mred\u001b[0m\r\nb\u0007c", "ared\nbc")]
    [InlineData("one\rtwo\u2028three", "one\ntwo\nthree")]
    [InlineData("\u001b]0;title\u0007a\u001b]8;;https://x\u001b\\link\u001bP1$r\u001b\\b", "alinkb")]
    [InlineData("\u009b31mred\u009d0;title\u009cx", "redx")]
    [InlineData("end of paste\u001b[201~rm -rf /\u001b", "end of pasterm -rf /")]
    [InlineData("left\u202Eright\u2066x\u2069\u200B", "leftrightx")]
    [InlineData("👩\u200D👩", "👩\u200D👩")]
    [InlineData("\U000E0041tag", "tag")]
    public void Clean_WhatSteersATerminal_IsTakenOut(string text, string expected) => TerminalText.Clean(text).Should().Be(expected);

    [Fact]
    public void Clean_AnyText_LeavesNothingThatSteers()
    {
        Random random = new(20260101);
        char[] alphabet = ['\u001b', '[', ']', '0', ';', 'm', '\u0007', '\u009b', '\u009d', '\\', '\r', '\n', 'x', '\ud83d', '\ude00', '\u202e', '\0'];
        for (int i = 0; i < 5000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);

            string clean = TerminalText.Clean(text);

            clean.EnumerateRunes().Should().NotContain(
                rune => rune.Value != '\n' && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format));
            TerminalText.Clean(clean).Should().Be(clean);
        }
    }

    [Fact]
    public void Clean_OnlyIntroducers_IsReadOnce()
    {
        string text = string.Concat(Enumerable.Repeat("\u009d\u001b]\u0090", 200_000));

        Action clean = () => TerminalText.Clean(text);

        clean.ExecutionTime().Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Cut_LongText_KeepsBothEndsAndSplitsNothing()
    {
        string cut = TerminalText.Cut("x" + string.Concat(Enumerable.Repeat("😀", 200)), 100);

        cut.Should().StartWith("x😀").And.EndWith("😀").And.Contain("of 401 characters left out");
        cut.EnumerateRunes().Should().NotContain(Rune.ReplacementChar);
    }

    [Fact]
    public void Fit_Null_StaysNull() => TerminalText.Fit(null, 10).Should().BeNull();
}
