using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Client.Tests.Services;

public sealed class LogTextTests
{
    [Fact]
    public void Prepare_ShortText_StaysAsItIs() => Prepare("╭─ ok ─╮\n\ttab", 100).Should().Be(Entry("╭─ ok ─╮\n\ttab"));

    [Fact]
    public void Prepare_ControlCharacters_AreTakenOut() =>
        Prepare("a\u001b[31mred\u001b[0m\r\nb\u0007\u001b]0;title\u0007c\u001bMd\0", 100).Content.Should().Be("ared\nbcd");

    [Fact]
    public void Prepare_LongText_IsCutInTheMiddleWithAMarker()
    {
        LogEntry entry = Prepare(new string('a', 500) + new string('z', 500), 100);

        entry.Truncated.Should().BeTrue();
        entry.Content.Should().Be(new string('a', 50) + "\n… [900 of 1000 characters left out] …\n" + new string('z', 50));
    }

    [Fact]
    public void Prepare_Cut_NeverSplitsACharacter()
    {
        LogEntry entry = Prepare("x" + string.Concat(Enumerable.Repeat("😀", 200)), 100);

        entry.Content.EnumerateRunes().Should().NotContain(System.Text.Rune.ReplacementChar);
    }

    private static LogEntry Prepare(string text, int limit) => LogText.Prepare(Entry(text), limit);

    private static LogEntry Entry(string text) => new() { Id = 1, Type = "output", Content = text };
}
