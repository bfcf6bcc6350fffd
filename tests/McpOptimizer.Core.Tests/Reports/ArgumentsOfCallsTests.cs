using System.Text.Json;
using System.Text.Json.Nodes;
using Common;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Validation;
using McpOptimizer.Core.Tests.Fixtures;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Issue 14, 4 and 10: arguments are taken or refused, never dropped; the server judges what has several readings.</summary>
public sealed class ArgumentsOfCallsTests
{
    private const string Delete =
        """{"type":"object","properties":{"filter":{"type":"string"},"limit":{"type":"integer"},"options":{"type":"object"},"ids":{"type":"array","items":{"type":"integer"}},"input":{"type":"string"}}}""";

    [Theory]
    [InlineData("""{"tool_name":"delete_all","filter":"id=7"}""", """{"filter":"id=7"}""")]
    [InlineData("""{"server_name":"shop","tool_name":"delete_all","filter":"id=7","limit":"5"}""", """{"filter":"id=7","limit":5}""")]
    [InlineData("""{"tool_name":"delete_all","parameters":{"limit":1},"filter":"id=7"}""", """{"limit":1,"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"delete_all","parameters":{},"arguments":{"filter":"id=7"}}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"delete_all","args":{"filter":"id=7"}}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"delete_all","tool_arguments":"{\"filter\":\"id=7\"}"}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"delete_all","params":{"filter":"id=7"},"server_name":null}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"delete_all","input":"id=7"}""", """{"input":"id=7"}""")]
    [InlineData("""{"name":"delete_all","mcp_server_name":"shop","filter":"id=7"}""", """{"filter":"id=7"}""")]
    [InlineData("""{"parameters":{"tool_name":"delete_all","args":{"filter":"id=7"}}}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"mcp__shop__delete_all","filter":"id=7"}""", """{"filter":"id=7"}""")]
    [InlineData("""{"tool_name":"anything","whatever":{"a":1}}""", """{"whatever":{"a":1}}""")]
    public async Task CallTool_ArgumentsInAnotherPlace_AreTaken(string call, string arguments)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string text, bool isError) = await client.CallAsync("call_tool", Members(call));
        (string batch, _) = await client.CallAsync("call_tools", new() { ["calls"] = JsonNode.Parse($"[{call}]") });

        isError.Should().BeFalse(text);
        optimizer.Backends.Arguments.Should().Equal([arguments, arguments], batch);
    }

    [Theory]
    [InlineData("""{"tool_name":"delete_all","filtr":"id=7"}""", "filtr", "Did you mean 'filter'?")]
    [InlineData("""{"tool_name":"delete_all","reasoning":"because","filter":"id=7"}""", "reasoning", "filter, limit, options, ids, input")]
    [InlineData("""{"tool_name":"delete_all","args":{"filter":"id=7"},"why":"x"}""", "args, why", "filter, limit")]
    [InlineData("""{"tool_name":"delete_all","parameters":{"filter":"a"},"filter":"b"}""", "filter", "given in 'parameters' and beside it")]
    [InlineData("""{"tool_name":"delete_all","parameters":{"filter":"a"},"arguments":{"filter":"b"}}""", "arguments", "neither a call nor the tool knows")]
    [InlineData("""{"tool_name":"delete_all","limit":"many"}""", "limit", "must be of type integer")]
    [InlineData("""{"tool_name":"closed","x":1}""", "x", "none by name")]
    public async Task CallTool_ArgumentsThatFitNowhere_AreRefusedWithTheKnownNames(string call, string named, string known)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string text, bool isError) = await client.CallAsync("call_tool", Members(call));
        (string batch, _) = await client.CallAsync("call_tools", new() { ["calls"] = JsonNode.Parse($"[{call}]") });

        isError.Should().BeTrue();
        text.Should().Contain(named).And.Contain(known);
        batch.Should().Contain("\"isError\":true");
        optimizer.Backends.Calls.Should().BeEmpty("a tool must never run without what it was given");
    }

    [Theory]
    [InlineData("find_tool", """{"tool_description":"x","query":"y"}""", "query")]
    [InlineData("describe_tool", """{"tools":["a"],"name":"y"}""", "name")]
    [InlineData("list_tools", """{"server":"y"}""", "server")]
    [InlineData("read_result", """{"handle":"x","from":3}""", "from")]
    [InlineData("call_tools", """{"calls":[],"parallel":true}""", "parallel")]
    public async Task OtherTools_UnknownArgument_IsRefused(string tool, string arguments, string named)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string text, bool isError) = await client.CallAsync(tool, Members(arguments));

        isError.Should().BeTrue();
        text.Should().Contain($"has no argument '{named}'");
    }

    [Theory]
    [InlineData("""{"n":"5"}""", """{"n":5}""")]
    [InlineData("""{"n":" -5 "}""", """{"n":-5}""")]
    [InlineData("""{"n":"5.5"}""", """{"n":"5.5"}""")]
    [InlineData("""{"x":"5.5e3"}""", """{"x":5.5e3}""")]
    [InlineData("""{"x":"0x10"}""", """{"x":"0x10"}""")]
    [InlineData("""{"b":"true","maybe":"False"}""", """{"b":true,"maybe":false}""")]
    [InlineData("""{"b":"yes"}""", """{"b":"yes"}""")]
    [InlineData("""{"o":"{\"a\": \"1\"}"}""", """{"o":{"a":1}}""")]
    [InlineData("""{"l":"[\"1\", 2]"}""", """{"l":[1,2]}""")]
    [InlineData("""{"l":["1","x"]}""", """{"l":[1,"x"]}""")]
    [InlineData("""{"s":5,"flag":true}""", """{"s":"5","flag":"true"}""")]
    [InlineData("""{"s":"5"}""", """{"s":"5"}""")]
    [InlineData("""{"either":"5"}""", """{"either":"5"}""")]
    [InlineData("""{"numberOrFlag":"5"}""", """{"numberOrFlag":5}""")]
    [InlineData("""{"nullable":"7"}""", """{"nullable":7}""")]
    [InlineData("""{"ref":{"n":"1"}}""", """{"ref":{"n":1}}""")]
    [InlineData("""{"choice":"2"}""", """{"choice":2}""")]
    [InlineData("""{"unknown":"5"}""", """{"unknown":"5"}""")]
    public void Convert_OneReading_IsTakenAndNothingElseChanged(string given, string converted)
    {
        JsonElement schema = JsonElement.Parse(
            """
            {"$defs":{"R":{"type":"object","properties":{"n":{"type":"integer"}}}},"type":"object","properties":{
            "n":{"type":"integer"},"x":{"type":"number"},"b":{"type":"boolean"},"maybe":{"type":["boolean","null"]},
            "o":{"type":"object","properties":{"a":{"type":"integer"}}},"l":{"type":"array","items":{"type":"integer"}},
            "s":{"type":"string"},"flag":{"type":"string"},"either":{"type":["string","integer"]},"numberOrFlag":{"type":["number","boolean"]},
            "nullable":{"anyOf":[{"type":"integer"},{"type":"null"}]},"ref":{"$ref":"#/$defs/R"},"choice":{"enum":[1,2]}}}
            """);

        ArgumentConverter.Convert(schema, JsonElement.Parse(given)).GetRawText().Should().Be(converted);
    }

    [Theory]
    [InlineData("```json\n{\"a\": 1}\n```")]
    [InlineData("```\n{\"a\": 1,}\n```")]
    [InlineData("{\"a\": 1, // one\n}")]
    [InlineData("{'a': 1}")]
    [InlineData("\"{\\\"a\\\": 1}\"")]
    public void Loose_JsonAsModelsWriteIt_IsRead(string text)
    {
        LooseJson.TryRead(text, out JsonElement value, out string fault).Should().BeTrue(fault);
        value.GetProperty("a").GetInt32().Should().Be(1);
    }

    [Fact]
    public void Loose_PythonLiterals_AreTranslatedOutsideOfTextsOnly()
    {
        LooseJson.TryRead("""{'t': True, 'f': False, 'n': None, 's': 'True "and" it\'s', "d": "None's"}""", out JsonElement value, out string fault).Should().BeTrue(fault);

        value.GetRawText().Should().Be("""{"t": true, "f": false, "n": null, "s": "True \"and\" it's", "d": "None's"}""");
    }

    [Theory]
    [InlineData("{oops")]
    [InlineData("call it with a=1")]
    [InlineData("{'a: 1}")]
    [InlineData("")]
    public void Loose_WhatIsNoJson_IsRefusedWithThePlace(string text)
    {
        LooseJson.TryRead(text, out _, out string fault).Should().BeFalse();
        fault.Should().Contain("is not JSON (line");
    }

    [Fact]
    public void Loose_AnyText_NeverFails()
    {
        Random random = new(3);
        string[] pieces = ["{", "}", "[", "'", "\"", "\\", ",", ":", "True", "None", "```", "\n", "1", "a", " ", "\ud83d", "//", "/*"];
        for (int round = 0; round < 5_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));

            FluentActions.Invoking(() => LooseJson.TryRead(text, out _, out _)).Should().NotThrow(text);
        }
    }

    [Fact]
    public async Task CallTool_ValueTheSchemaForbids_IsForTheServerToJudge()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string accepted, bool isError) = await client.CallAsync("call_tool", Members("""{"tool_name":"delete_all","parameters":{"limit":"many","extra":1}}"""));
        optimizer.Backends.Respond = (_, _) => new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "bad limit" }), ["isError"] = true };
        (string refused, bool failed) = await client.CallAsync("call_tool", Members("""{"tool_name":"delete_all","parameters":{"limit":"many"}}"""));

        isError.Should().BeFalse(accepted);
        optimizer.Backends.Arguments.First().Should().Be("""{"limit":"many","extra":1}""");
        failed.Should().BeTrue();
        refused.Should().StartWith("bad limit\n").And.Contain("'limit' is \"many\"; it must be of type integer").And.Contain("input schema");
    }

    [Fact]
    public async Task CallTool_HalfACharacterInArguments_ArrivesReplaced()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        JsonRpcRequest request = new()
        {
            Method = RequestMethods.ToolsCall,
            Params = JsonNode.Parse("""{"name":"call_tool","arguments":{"tool_name":"delete_all","parameters":{"filter":"@","ids":[1]}}}"""),
        };

        await client.SendBrokenAsync(request, "@", """cut \ud83d""");

        string arrived = optimizer.Backends.Arguments.Should().ContainSingle().Subject;
        JsonText.Of(JsonText.Parse(arrived)).Should().Be("{\"filter\":\"cut \uFFFD\",\"ids\":[1]}");
    }

    [Theory]
    [InlineData("enum")]
    [InlineData("objects")]
    [InlineData("members")]
    [InlineData("patterns")]
    [InlineData("branches")]
    [InlineData("unique")]
    public void Validate_ProductOfLargeSchemaAndLargeValue_IsBounded(string kind)
    {
        const int many = 20_000;
        (string schema, string value) = kind switch
        {
            "enum" => ("""{"items":{"enum":[@1]}}""".Replace("@1", List(many, i => $"\"{i}\""), StringComparison.Ordinal), $"[{List(many, i => $"\"x{i}\"")}]"),
            "objects" => ($"{{\"items\":{{\"enum\":[{List(2_000, Item)}]}}}}", $"[{List(2_000, i => Item(-1))}]"),
            "members" => ($$"""{"properties":{ {{List(many, i => $"\"p{i}\":{{\"type\":\"integer\"}}")}} },"additionalProperties":false}""", $"{{{List(many, i => $"\"q{i}\":1")}}}"),
            "patterns" => ("""{"items":{"pattern":"^(a|aa|b?){1,200}[a-z]{500}c$"}}""", $"[{List(5_000, i => $"\"{new string('a', 500)}\"")}]"),
            "branches" => ("""{"$defs":{"t":{"anyOf":[@1]}},"$ref":"#/$defs/t"}""".Replace("@1", List(50, i => """{"properties":{"a":{"$ref":"#/$defs/t"}},"required":["z"]}"""), StringComparison.Ordinal), string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40)),
            _ => ("""{"uniqueItems":true}""", $"[{List(1_000, Item)}]"),
        };
        JsonElement read = JsonElement.Parse(schema, JsonText.Reading);
        JsonElement arguments = JsonElement.Parse(value, JsonText.Reading);
        SchemaRun validation = new(read);
        SchemaRun conversion = new(read);

        SchemaValidator.Validate(read, arguments, validation);
        ArgumentConverter.Convert(read, arguments, conversion);

        validation.Work.Should().BeInRange(1, 10 * many, "each part of the value may be asked for, not each with each part of the schema");
        conversion.Work.Should().BeInRange(1, 10 * many);
    }

    [Fact]
    public void Validate_PatternOfSize_CostsAsMuchForEachCharacter()
    {
        JsonElement schema = JsonElement.Parse("""{"items":{"pattern":"^(a|aa|b?){1,80}[a-z]{150}c$"}}""");
        SchemaRun run = new(schema);

        SchemaValidator.Validate(schema, JsonElement.Parse($"[\"{new string('a', 500)}\"]"), run);

        run.Work.Should().BeGreaterThan(500 * 471 / 64, "looking at one character touches every place of the pattern");
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("^[a-z0-9\\]]+$", 1)]
    [InlineData("^[]a]{3}$", 3)]
    [InlineData("a{2,5}", 5)]
    [InlineData("a{7,}", 7)]
    [InlineData("a{x}", 4)]
    [InlineData("(ab{3}){10}", 40)]
    [InlineData("((a{100}){100}){100}", 1_000_000)]
    [InlineData("(a", 1)]
    [InlineData("a)", 2)]
    [InlineData("", 1)]
    public void PatternSize_CountsWhatIsRepeated(string pattern, int size) => PatternSize.Of(pattern).Should().Be(size);

    [Theory]
    [InlineData("^(a|aa|b?){1,80}[a-z]{150}c$", true)]
    [InlineData("^(a|aa|b?){1,200}[a-z]{500}c$", false)]
    public void Compile_PatternThatIsTooLarge_IsLeftToTheServer(string pattern, bool isUsed) => (ScalarRules.Compile(pattern) is not null).Should().Be(isUsed);

    [Fact]
    public void Validate_NobodyWaits_Stops()
    {
        JsonElement schema = JsonElement.Parse("""{"items":{"type":"string"}}""");
        JsonElement value = JsonElement.Parse($"[{List(1_000, i => "\"a\"")}]");

        FluentActions.Invoking(() => SchemaValidator.Validate(schema, value, new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
    }

    [Theory]
    [InlineData("find_tool", "tool_description")]
    [InlineData("find_tool", "tool_keywords")]
    [InlineData("describe_tool", "tools")]
    [InlineData("list_tools", "server_name")]
    [InlineData("read_result", "handle")]
    [InlineData("call_tool", "tool_name")]
    [InlineData("call_tool", "server_name")]
    public async Task AnyTool_TextWithoutEnd_IsRefused(string tool, string argument)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        Dictionary<string, object?> arguments = new() { [argument] = new string('x', 200_000) };
        if (argument != "tool_description" && tool == "find_tool")
        {
            arguments["tool_description"] = "x";
        }

        (string text, bool isError) = await client.CallAsync(tool, arguments);

        isError.Should().BeTrue();
        text.Should().Contain(argument);
        text.Length.Should().BeLessThan(1_000);
    }

    private static string Item(int number) => $"{{\"a\":[{number},{List(100, _ => "1")}]}}";

    private static string List(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static Dictionary<string, object?> Members(string json) => JsonNode.Parse(json)!.AsObject().ToDictionary(member => member.Key, member => (object?)member.Value);

    private static async Task<OptimizerFixture> StartAsync()
    {
        OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("shop");
        optimizer.Backends.Set(
            "shop",
            FakeBackends.Tool("delete_all", "Deletes what the filter matches.", Delete),
            FakeBackends.Tool("anything"),
            FakeBackends.Tool("closed", null, """{"type":"object","properties":{},"additionalProperties":false}"""));
        await optimizer.StartAsync();
        return optimizer;
    }
}
