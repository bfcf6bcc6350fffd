using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Common.Tests;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":"\ud83d"}""", "{\"a\":\"\uFFFD\"}")]
    [InlineData("""{"a":"x\udE00y"}""", "{\"a\":\"x\uFFFDy\"}")]
    [InlineData("""{"\ud83d":1,"b":"\ud83d\ude00"}""", "{\"\uFFFD\":1,\"b\":\"\\ud83d\\ude00\"}")]
    [InlineData("""["\ud83d\ud83d\ude00","\\ud83d"]""", "[\"\uFFFD\\ud83d\\ude00\",\"\\\\ud83d\"]")]
    public void Repair_HalfACharacter_IsReplacedAndNothingElse(string json, string repaired) =>
        Encoding.UTF8.GetString(JsonText.Repair(Encoding.UTF8.GetBytes(json))!).Should().Be(repaired);

    [Theory]
    [InlineData("""{"a":"plain","b":"\ud83d\ude00","c":"\\ud83d","d":"\u0041","e":"ü"}""")]
    [InlineData("")]
    [InlineData("\\")]
    public void Repair_WholeText_IsLeftAlone(string json) => JsonText.Repair(Encoding.UTF8.GetBytes(json)).Should().BeNull();

    [Fact]
    public void Repair_BytesThatAreNoUtf8_AreReplaced() =>
        Encoding.UTF8.GetString(JsonText.Repair([.. "[\""u8, 0xED, 0xA0, 0xBD, (byte)'x', .. "\"]"u8])!).Should().Match("[\"\uFFFD*x\"]");

    [Theory]
    [InlineData("""{"a":"\u8BFB\u53D6 \u0027x\u0027 \u003Cb\u003E \uD83D\uDE00 \u0022 \u005C \u0000 \u202E"}""", """{"a":"读取 'x' <b> 😀 \u0022 \u005C \u0000 \u202E"}""")]
    [InlineData("""{"a":"\\u8BFB"}""", """{"a":"\\u8BFB"}""")]
    public void Plain_Escapes_BecomeTheCharactersThatCanBeSeen(string json, string plain) =>
        Encoding.UTF8.GetString(JsonText.Plain(Encoding.UTF8.GetBytes(json)).Span).Should().Be(plain);

    [Fact]
    public void Of_Node_EscapesNoMoreThanItMust() =>
        JsonText.Of(new JsonObject { ["k"] = "it's 读 <b> 😀 \"q\"\n" }).Should().Be("""{"k":"it's 读 <b> 😀 \"q\"\n"}""");

    [Fact]
    public void Plain_AnyText_MeansTheSame()
    {
        Random random = new(1);
        for (int round = 0; round < 2_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => RandomRune(random).ToString()));
            byte[] escaped = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, string> { [text] = text }));

            JsonNode.DeepEquals(JsonNode.Parse(JsonText.Plain(escaped).Span), JsonNode.Parse(escaped)).Should().BeTrue(text);
        }
    }

    [Fact]
    public void Repair_AnyHalves_GivesTextThatCanBeRead()
    {
        Random random = new(2);
        for (int round = 0; round < 2_000; round++)
        {
            string inner = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) switch
            {
                0 => $"\\u{random.Next(0xD800, 0xE000):x4}",
                1 => "\\\\",
                2 => "\\u0041",
                _ => "x",
            }));
            byte[] json = Encoding.UTF8.GetBytes($"[\"{inner}\"]");

            string read = JsonText.Parse(json)![0]!.GetValue<string>();

            read.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength).Should().Be(read.Length);
            JsonText.Whole(read).Should().Be(read);
        }
    }

    [Fact]
    public void Parse_MembersOfTheSameName_TheLastCounts() => JsonText.Parse("""{"a":{"b":1,"b":2},"a":{"c":3,"c":4}}""")!.ToJsonString().Should().Be("""{"a":{"c":4}}""");

    [Theory]
    [InlineData(256, false)]
    [InlineData(511, false)]
    [InlineData(600, true)]
    public void Parse_Depth_IsReadAsFarAsDocumented(int levels, bool fails)
    {
        byte[] json = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

        Action parse = () => JsonText.Parse(json);

        if (fails)
        {
            parse.Should().Throw<JsonException>();
        }
        else
        {
            parse.Should().NotThrow();
        }
    }

    [Theory]
    [InlineData("""{"a":[1,[2,{"b":3}]],"c":"[[["}""", 2, """{"a":[1,"x"],"c":"[[["}""")]
    [InlineData("""{"a":{"b":{}}}""", 5, """{"a":{"b":{}}}""")]
    public void Prune_BelowTheLevels_IsReplaced(string json, int levels, string pruned) =>
        Encoding.UTF8.GetString(JsonText.Prune(Encoding.UTF8.GetBytes(json), levels, "x")).Should().Be(pruned);

    private static Rune RandomRune(Random random)
    {
        while (true)
        {
            int value = random.Next(3) switch { 0 => random.Next(0x80), 1 => random.Next(0x10000), _ => random.Next(0x10FFFF) };
            if (Rune.IsValid(value))
            {
                return new Rune(value);
            }
        }
    }
}
