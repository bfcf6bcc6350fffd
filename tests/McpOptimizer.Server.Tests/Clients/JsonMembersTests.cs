using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Server.Clients;

namespace McpOptimizer.Server.Tests.Clients;

public sealed class JsonMembersTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Theory]
    [InlineData("{}", "{\n  \"servers\": {\n    \"x\": {\n      \"url\": \"u\"\n    }\n  }\n}")]
    [InlineData("{ }\n", "{\n  \"servers\": {\n    \"x\": {\n      \"url\": \"u\"\n    }\n  }\n }\n")]
    [InlineData("{\n\t\"a\": 1 // one\n}\n", "{\n\t\"servers\": {\n\t\t\"x\": {\n\t\t\t\"url\": \"u\"\n\t\t}\n\t},\n\t\"a\": 1 // one\n}\n")]
    [InlineData("{\"servers\":{\"y\":{}}}", "{\"servers\":{\n  \"x\": {\n    \"url\": \"u\"\n  },\"y\":{}}}")]
    [InlineData("{\r\n  \"servers\": {\r\n  }\r\n}", "{\r\n  \"servers\": {\r\n    \"x\": {\r\n      \"url\": \"u\"\r\n    }\r\n  }\r\n}")]
    public void Set_KeepsTheRestAsItIs(string before, string after) =>
        new JsonMembers(before).Set(["servers"], "x", new JsonObject { ["url"] = "u" }).Should().Be(after);

    [Fact]
    public void Set_ExistingMember_IsReplacedWhereItStands() =>
        new JsonMembers("{\n  // mine\n  \"servers\": { \"x\": { \"old\": [1, 2] }, /* other */ \"y\": 1 },\n}").Set(["servers"], "x", new JsonObject())
            .Should().Be("{\n  // mine\n  \"servers\": { \"x\": {}, /* other */ \"y\": 1 },\n}");

    [Theory]
    [InlineData("{\n  \"s\": {\n    \"a\": 1,\n    \"x\": 2\n  }\n}", "{\n  \"s\": {\n    \"a\": 1\n  }\n}")]
    [InlineData("{\n  \"s\": {\n    \"x\": 2, // gone\n    \"a\": 1\n  }\n}", "{\n  \"s\": { // gone\n    \"a\": 1\n  }\n}")]
    [InlineData("{\"s\":{\"x\":{\"a\":[{}]}}}", "{\"s\":{}}")]
    [InlineData("{\"s\":{\"x\":1 /* c */ ,}}", "{\"s\":{}}")]
    [InlineData("{\"s\":{\"y\":1}}", "{\"s\":{\"y\":1}}")]
    [InlineData("{\"t\":{\"x\":1}}", "{\"t\":{\"x\":1}}")]
    public void Remove_TakesTheMemberAndOneComma(string before, string after) => new JsonMembers(before).Remove(["s"], "x").Should().Be(after);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"servers\":[]}")]
    public void Set_WhereNoObjectIs_IsRefused(string text) =>
        FluentActions.Invoking(() => new JsonMembers(text).Set(["servers"], "x", new JsonObject())).Should().Throw<JsonException>();

    [Fact]
    public void SetAndRemove_AnyText_ChangeNothingElse()
    {
        Random random = new(29);
        for (int round = 0; round < 2_000; round++)
        {
            string before = Document(random);
            string set = new JsonMembers(before).Set(["servers"], "x", new JsonObject { ["url"] = "ü" });
            string removed = new JsonMembers(set).Remove(["servers"], "x");

            using JsonDocument was = JsonDocument.Parse(before, Lenient);
            using JsonDocument with = JsonDocument.Parse(set, Lenient);
            using JsonDocument without = JsonDocument.Parse(removed, Lenient);
            with.RootElement.GetProperty("servers").GetProperty("x").GetProperty("url").GetString().Should().Be("ü");
            Others(with).Should().Be(Others(was), set);
            Others(without).Should().Be(Others(was), removed);
            Comments(set).Should().Be(Comments(before));
        }
    }

    private static string Others(JsonDocument document)
    {
        JsonObject root = JsonObject.Create(document.RootElement)!;
        (root["servers"] as JsonObject)?.Remove("x");
        if (root["servers"] is JsonObject { Count: 0 })
        {
            root.Remove("servers");
        }

        return root.ToJsonString();
    }

    private static int Comments(string text) => text.Split("/*c*/").Length;

    private static string Document(Random random)
    {
        StringBuilder text = new();
        Blank(random, text);
        Object(random, text, 3, random.Next(3) == 0 ? null : "servers");
        Blank(random, text);
        return text.ToString();
    }

    private static void Object(Random random, StringBuilder text, int depth, string? named)
    {
        text.Append('{');
        int count = random.Next(4) + (named is null ? 0 : 1);
        int place = named is null ? -1 : random.Next(count);
        for (int at = 0; at < count; at++)
        {
            Blank(random, text);
            text.Append(at == place ? $"\"{named}\"" : $"\"k{at}{(random.Next(5) == 0 ? "\\\"{,}\\\\" : "")}\"");
            text.Append(random.Next(3) == 0 ? " : " : ":");
            Blank(random, text);
            if (at == place || (depth > 0 && random.Next(3) == 0))
            {
                Object(random, text, depth - 1, null);
            }
            else
            {
                text.Append(random.Next(4) switch { 0 => "[1, {\"a\": \"//\"}]", 1 => "\"/*}{\"", 2 => "-1.5e3", _ => "null" });
            }

            Blank(random, text);
            text.Append(at < count - 1 || random.Next(3) == 0 ? "," : "");
        }

        Blank(random, text);
        text.Append('}');
    }

    private static void Blank(Random random, StringBuilder text)
    {
        for (int count = random.Next(3); count > 0; count--)
        {
            text.Append(random.Next(5) switch { 0 => " ", 1 => "\n", 2 => "\t", 3 => "/*c*/", _ => "// , } line\n" });
        }
    }
}
