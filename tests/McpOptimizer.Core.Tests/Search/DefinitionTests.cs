using System.Text;
using System.Text.Json;
using Common;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tests.Search;

public sealed class DefinitionTests
{
    private static readonly string[] Names = ["title", "description", "inputSchema", "d\\u0065scription", "name", "TITLE", ""];

    [Fact]
    public void ReadTexts_AnyDefinition_SaysWhatTheParsedOneSays()
    {
        Random random = new(11);
        for (int round = 0; round < 2_000; round++)
        {
            string json = Value(random, 0);
            using Definition parsed = Definition.Parse(json);

            Definition.ReadTexts(Encoding.UTF8.GetBytes(json)).Should().Be((parsed.Title, parsed.Description), "{0} says so", json);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"title\":\"a\"")]
    [InlineData("{\"title\":\"a\"} {}")]
    [InlineData("{\"title\":\"a\",\"inputSchema\":{]}")]
    public void ReadTexts_NoJson_IsRefusedAsByTheParser(string json)
    {
        FluentActions.Invoking(() => Definition.Parse(json)).Should().Throw<JsonException>();
        FluentActions.Invoking(() => Definition.ReadTexts(Encoding.UTF8.GetBytes(json))).Should().Throw<JsonException>();
    }

    [Fact]
    public void ReadTexts_DeeperThanAllowed_IsRefused()
    {
        string json = "{\"inputSchema\":" + new string('[', JsonText.MaxDepth) + new string(']', JsonText.MaxDepth) + "}";

        FluentActions.Invoking(() => Definition.ReadTexts(Encoding.UTF8.GetBytes(json))).Should().Throw<JsonException>();
    }

    // Members of the same name, of the same name one level deeper, and of another kind than expected among them.
    private static string Value(Random random, int depth) => random.Next(depth == 0 ? 5 : 9) switch
    {
        < 4 when depth < 4 => "{" + string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\": {Value(random, depth + 1)}")) + "}",
        4 when depth < 4 => "[" + string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth + 1))) + "]",
        5 => "null",
        6 => random.Next(1_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => $"\"text {random.Next(100)} \\u00e9\\n\"",
    };
}
