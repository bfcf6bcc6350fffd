using System.Text.Json.Nodes;
using Common;
using McpOptimizer.Core.Services.Calls.Results;

namespace McpOptimizer.Core.Tests.Calls;

public sealed class ResponseLimiterTests
{
    [Fact]
    public void Limit_SmallResult_IsTheSame()
    {
        JsonObject result = Result(Text("hello"));

        LimitedResult limited = ResponseLimiter.Limit(result, 50);

        limited.Result.Should().BeSameAs(result);
        limited.IsCut.Should().BeFalse();
    }

    [Fact]
    public void Limit_OneLargeText_KeepsItsBeginningToTheEndOfASentence()
    {
        string text = string.Concat(Enumerable.Range(0, 500).Select(i => $"This is sentence {i}. "));

        LimitedResult limited = ResponseLimiter.Limit(Result(Text(text)), 200);

        string kept = limited.Result["content"]![0]!["text"]!.GetValue<string>();
        text.Should().StartWith(kept);
        kept.Should().EndWith(".").And.Match(value => value.Length > 250 && value.Length <= 400);
        limited.EstimatedTokens.Should().Be((text.Length + 3) / 4);
        limited.Omissions.Should().Equal($"block 0 from character {kept.Length} of {text.Length}");
    }

    [Fact]
    public void Limit_TextOfSurrogates_IsNotCutInsideACharacter()
    {
        string text = string.Concat(Enumerable.Repeat("😀", 2_000));

        for (int limit = 50; limit < 60; limit++)
        {
            string kept = ResponseLimiter.Limit(Result(Text("x" + text)), limit).Result["content"]![0]!["text"]!.GetValue<string>();
            char.IsHighSurrogate(kept[^1]).Should().BeFalse();
        }
    }

    [Fact]
    public void Limit_LargeBlockBetweenSmallOnes_KeepsTheSmallOnes()
    {
        JsonObject image = new() { ["type"] = "image", ["mimeType"] = "image/png", ["data"] = new string('A', 100_000) };

        LimitedResult limited = ResponseLimiter.Limit(Result(Text("first"), image, Text("last")), 500);

        limited.Result["content"]!.AsArray().Select(block => block!["text"]?.GetValue<string>()).Should().Equal("first", "last");
        limited.Omissions.Should().Equal("block 1 (image, image/png)");
        limited.EstimatedTokens.Should().Be(2 + 1_600 + 1);
    }

    [Fact]
    public void Limit_JsonText_StaysJson()
    {
        JsonArray rows = new([.. Enumerable.Range(0, 1_000).Select(i => new JsonObject { ["id"] = i, ["name"] = $"row {i}" })]);

        LimitedResult limited = ResponseLimiter.Limit(Result(Text(new JsonObject { ["total"] = 1_000, ["rows"] = rows }.ToJsonString())), 300);

        JsonObject kept = JsonNode.Parse(limited.Result["content"]![0]!["text"]!.GetValue<string>())!.AsObject();
        kept["total"]!.GetValue<int>().Should().Be(1_000);
        kept["rows"]!.AsArray().Count.Should().BeInRange(5, 40);
        kept["rows"]![4]!.ToJsonString().Should().Be("""{"id":4,"name":"row 4"}""");
    }

    [Fact]
    public void Limit_StructuredContent_KeepsItsShapeAndStaysInStepWithItsText()
    {
        JsonObject structured = new()
        {
            ["ok"] = true,
            ["count"] = 500,
            ["note"] = new string('n', 5_000),
            ["items"] = new JsonArray([.. Enumerable.Range(0, 500).Select(i => JsonValue.Create($"item {i}"))]),
        };
        JsonObject result = Result(Text(structured.ToJsonString()));
        result["structuredContent"] = structured.DeepClone();
        result["_meta"] = new JsonObject { ["a"] = 1 };
        result["isError"] = true;

        LimitedResult limited = ResponseLimiter.Limit(result, 400);

        JsonObject kept = limited.Result["structuredContent"]!.AsObject();
        kept.Select(member => member.Key).Should().Equal("ok", "count", "note", "items");
        kept["items"]![0]!.GetValue<string>().Should().Be("item 0");
        kept.ToJsonString().Length.Should().BeLessThan(400 * 4);
        limited.Result["content"]![0]!["text"]!.GetValue<string>().Should().Be(JsonText.Of(kept));
        limited.Result["isError"]!.GetValue<bool>().Should().BeTrue();
        limited.Result["_meta"]!["a"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public void Limit_StructuredContentThatCannotShrink_IsLeftOutAndSaidSo()
    {
        JsonObject structured = new(Enumerable.Range(0, 1_000).Select(i => KeyValuePair.Create($"number_{i}", (JsonNode?)i)));
        JsonObject result = Result(Text("short"));
        result["structuredContent"] = structured;

        LimitedResult limited = ResponseLimiter.Limit(result, 100);

        limited.Result.Should().NotContainKey("structuredContent");
        limited.Omissions.Should().Equal("structuredContent");
        limited.Result["content"]![0]!["text"]!.GetValue<string>().Should().Be("short");
    }

    [Fact]
    public void Limit_EmbeddedTextResource_IsCutLikeText()
    {
        JsonObject resource = new()
        {
            ["type"] = "resource",
            ["resource"] = new JsonObject { ["uri"] = "file:///a.txt", ["text"] = string.Concat(Enumerable.Repeat("line\n", 5_000)) },
        };

        LimitedResult limited = ResponseLimiter.Limit(Result(resource), 200);

        limited.Result["content"]![0]!["resource"]!["uri"]!.GetValue<string>().Should().Be("file:///a.txt");
        limited.Result["content"]![0]!["resource"]!["text"]!.GetValue<string>().Should().StartWith("line\nline").And.HaveLength(
            limited.Result["content"]![0]!["resource"]!["text"]!.GetValue<string>().Length);
        ContentCost.Of(limited.Result["content"]![0]!.AsObject()).Should().BeLessThanOrEqualTo(100);
    }

    [Fact]
    public void Limit_AnyResult_NeverExceedsTheLimit()
    {
        Random random = new(4711);
        for (int round = 0; round < 300; round++)
        {
            JsonObject result = Result([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Text(Words(random)))]);
            int limit = random.Next(50, 400);

            LimitedResult limited = ResponseLimiter.Limit(result, limit);

            limited.Result["content"]!.AsArray().Sum(block => ContentCost.Of(block!.AsObject())).Should().BeLessThanOrEqualTo(limit);
        }
    }

    private static string Words(Random random) => random.Next(3) switch
    {
        0 => new string('x', random.Next(2_000)),
        1 => new JsonArray([.. Enumerable.Range(0, random.Next(200)).Select(i => JsonValue.Create(i))]).ToJsonString(),
        _ => string.Join(random.Next(2) == 0 ? " " : "\n", Enumerable.Repeat("word", random.Next(400))),
    };

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Result(params JsonObject[] blocks) => new() { ["content"] = new JsonArray([.. blocks]) };
}
