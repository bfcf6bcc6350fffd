using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Tests.Cli;

public sealed class VisibleWriterTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("plain é 日本 😀\n\tx", "plain é 日本 😀\n\tx")]
    [InlineData("a\u001b[31mred", "a\\u001B[31mred")]
    [InlineData("over\rwritten", "over\\u000Dwritten")]
    [InlineData("r\u202eli", "r\\u202Eli")]
    [InlineData("t\U000E0041g", "t\\uDB40\\uDC41g")]
    public void Escape_WhatCannotBeSeen_IsShown(string text, string expected) => VisibleWriter.Escape(text).Should().Be(expected);

    [Fact]
    public void Escape_HalfACharacter_IsShown() => VisibleWriter.Escape($"half {(char)0xD800}.").Should().Be("half \\uD800.");

    /// <summary>By whatever method it comes, nothing that steers a terminal is left, and JSON stays the same JSON.</summary>
    [Fact]
    public void Write_AnyText_LeavesNothingThatSteers_AndJsonIntact() => Gen.String[Gen.Char['\0', '\uFFFF'], 0, 40].Sample(text =>
    {
        string json = JsonSerializer.Serialize(text, Relaxed);
        using StringWriter inner = new();
        using (VisibleWriter writer = new(inner))
        {
            writer.Write(text);
            writer.WriteLine(text);
            writer.Write(text.ToCharArray());
            writer.Write(text.AsSpan());
            writer.WriteLine();
            writer.WriteLine(json);
        }

        inner.ToString().EnumerateRunes().Should().NotContain(rune => IsSteering(rune));
        string[] lines = inner.ToString().TrimEnd('\n').Split('\n');
        JsonSerializer.Deserialize<string>(lines[^1]).Should().Be(JsonSerializer.Deserialize<string>(json));
    });

    private static bool IsSteering(Rune rune) => rune.Value is not ('\n' or '\t')
        && Rune.GetUnicodeCategory(rune) is (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
