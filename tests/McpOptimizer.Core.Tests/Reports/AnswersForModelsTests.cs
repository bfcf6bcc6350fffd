using System.Text;
using System.Text.Json.Nodes;
using Common;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Text;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;
using Shared.Conventions;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Issue 14, 17 to 21: what models read is bounded, readable, and says where the rest is.</summary>
public sealed class AnswersForModelsTests
{
    private const int MostTokens = 25_000;

    [Theory]
    [InlineData("description")]
    [InlineData("enum")]
    [InlineData("properties")]
    [InlineData("depth")]
    [InlineData("names")]
    [InlineData("icons")]
    [InlineData("output")]
    public async Task DefaultAnswers_HostileCatalogue_StaySmallAndNameTheWayToTheWhole(string kind)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("hostile");
        optimizer.Backends.Set("hostile", [.. Enumerable.Range(0, 12).Select(at => Hostile(kind, at))]);
        await optimizer.StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string found, bool failed) = await client.CallAsync("find_tool", new() { ["tool_description"] = "hostile search of reports" });
        (string described, _) = await client.CallAsync("describe_tool", new() { ["tools"] = Enumerable.Range(0, 12).Select(at => $"search_{at}").ToArray() });
        (string one, _) = await client.CallAsync("describe_tool", new() { ["tools"] = new[] { "search_1" } });
        (string listed, bool broken) = await client.CallAsync("list_tools", new() { ["limit"] = 2 });

        failed.Should().BeFalse(found);
        broken.Should().BeFalse(listed);
        Tokens(optimizer, found).Should().BeLessThan(MostTokens / 2, "the answer is sent as text and as structure");
        Tokens(optimizer, described).Should().BeLessThan(MostTokens / 2);
        Tokens(optimizer, one).Should().BeLessThan(MostTokens / 2);
        JsonNode first = JsonNode.Parse(found)!["tools"]![0]!;
        first["name"]!.GetValue<string>().Should().StartWith("search_");
        first["inputSchema"]!["type"]!.GetValue<string>().Should().Be("object");
        first["shortened"]!.GetValue<string>().Should().Contain("describe_tool");
    }

    [Fact]
    public async Task DescribeTool_WithOffset_ReadsTheWholeDefinitionInParts()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("hostile");
        ToolDefinition large = Hostile("description", 1);
        optimizer.Backends.Set("hostile", large);
        await optimizer.StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        StringBuilder whole = new();

        for (int? offset = 0; offset is { } at;)
        {
            (string answer, bool failed) = await client.CallAsync("describe_tool", new() { ["tools"] = new[] { "hostile/search_1" }, ["offset"] = at });
            failed.Should().BeFalse(answer);
            JsonNode part = JsonNode.Parse(answer)!["part"]!;
            whole.Append(part["text"]!.GetValue<string>());
            offset = part["next_offset"]?.GetValue<int>();
        }

        JsonNode.DeepEquals(JsonNode.Parse(whole.ToString()), JsonNode.Parse(large.Json.Span)).Should().BeTrue();
    }

    [Fact]
    public async Task FindTool_OrdinaryDefinitions_AreWhole()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("shop");
        ToolDefinition tool = FakeBackends.Tool("search_orders", "Searches orders.", """{"type":"object","properties":{"q":{"type":"string","description":"Words."}},"required":["q"]}""");
        optimizer.Backends.Set("shop", tool);
        await optimizer.StartAsync();

        FindResult found = await FindAsync(optimizer, "search orders");

        JsonObject shown = JsonNode.Parse(FindAnswer.Write(found))!["tools"]![0]!.AsObject();
        shown.Remove("mcp_server_name");
        JsonNode.DeepEquals(shown, JsonNode.Parse(tool.Json.Span)).Should().BeTrue();
    }

    [Fact]
    public async Task Answers_TextOfAllLanguages_IsNotEscaped()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("läden");
        optimizer.Backends.Set("läden", FakeBackends.Tool("read_file", "It's a tool: 读取 `x` <b> & ünï 😀.", """{"type":"object","properties":{"größe":{"type":"string"}}}"""));
        await optimizer.StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        List<string> answers = [];

        foreach ((string tool, Dictionary<string, object?> arguments) in new (string, Dictionary<string, object?>)[]
        {
            ("find_tool", new() { ["tool_description"] = "read a file" }),
            ("find_tool", new() { ["tool_description"] = "read a file", ["detail"] = "compact" }),
            ("describe_tool", new() { ["tools"] = new[] { "read_file" } }),
            ("list_tools", []),
        })
        {
            answers.Add((await client.CallAsync(tool, arguments)).Text);
        }

        answers.Should().AllSatisfy(answer => answer.Should().NotContain("\\u").And.Contain("It's a tool: 读取 `x` <b>").And.Contain("läden"));
        FindResult found = await FindAsync(optimizer, "read a file");
        IndexedTool shown = found.Tools[0].Hit.Tool;
        shown.TokenCount.Should().Be(optimizer.Get<ITokenCounter>().Count(shown.DefinitionJson.Span), "the count is of what is sent");
        found.Metrics.ReturnedTokens.Should().Be(shown.TokenCount);
    }

    [Theory]
    [InlineData("Datei löschen")]
    [InlineData("finde alle offenen Rechnungen für den Kunden")]
    [InlineData("cherche les fichiers du projet")]
    [InlineData("buscar un archivo en la carpeta")]
    [InlineData("procurar um arquivo na pasta")]
    [InlineData("trova tutti i messaggi di oggi")]
    [InlineData("读取文件")]
    [InlineData("ファイルを検索する")]
    [InlineData("прочитать файл из папки")]
    [InlineData("파일 찾기")]
    [InlineData("البحث عن ملف")]
    public void IsEnglish_OtherLanguage_IsNot(string need) => NeedLanguage.IsEnglish(need).Should().BeFalse();

    [Theory]
    [InlineData("read a file")]
    [InlineData("")]
    [InlineData("42 + 17")]
    [InlineData("send email to Jürgen Müller")]
    [InlineData("weather in São Paulo")]
    [InlineData("create a GitHub issue titled 读取")]
    [InlineData("list files in rio de janeiro folder")]
    [InlineData("kubectl get pods")]
    public void IsEnglish_EnglishNamesAndNumbers_Is(string need) => NeedLanguage.IsEnglish(need).Should().BeTrue();

    [Fact]
    public void IsEnglish_NeedsOfTheEvaluationSets_AreEnglish()
    {
        string folder = Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Evaluation", "Sets");
        Directory.Exists(folder).Should().BeTrue(folder);
        string[] needs = [.. Directory.GetFiles(folder, "queries.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => line.Length > 0)
            .Select(line => JsonNode.Parse(line)!.AsObject()).Select(query => (query["query"] ?? query["need"] ?? query["text"])!.GetValue<string>())];

        string[] wrong = [.. needs.Where(need => !NeedLanguage.IsEnglish(need))];

        needs.Should().NotBeEmpty();
        wrong.Length.Should().BeLessThanOrEqualTo(needs.Length / 200, string.Join(" | ", wrong.Take(20)));
    }

    [Fact]
    public async Task FindTool_NeedInAnotherLanguage_SaysHowItWasSearchedAndNamesStillCount()
    {
        await using OptimizerFixture optimizer = new(withEmbedder: false);
        optimizer.Workloads.Add("git");
        optimizer.Backends.Set("git", "create_branch", "get_weather");
        await optimizer.StartAsync();

        FindResult found = await FindAsync(optimizer, "erstelle einen branch für mich");

        found.ByWordsAlone.Should().BeTrue();
        found.Tools[0].Hit.Tool.Name.Should().Be("create_branch");
        FindAnswer.Write(found).Should().Contain("not in English").And.NotContain("Nothing clearly fits");
        optimizer.Discovery.DescribeCatalog(CallerIdentity.Anonymous).Should().Contain("in English");
    }

    [Theory]
    [InlineData("mcp__git__create_branch")]
    [InlineData("mcp__my_server__get_weather")]
    public async Task Describe_NameAsClientsMakeIt_IsUnderstood(string name)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("git");
        optimizer.Workloads.Add("my.server");
        optimizer.Backends.Set("git", "create_branch");
        optimizer.Backends.Set("my.server", "get.weather");
        await optimizer.StartAsync();

        (IReadOnlyList<IndexedTool> tools, _) = optimizer.Discovery.Describe(CallerIdentity.Anonymous, [name]);

        tools.Should().ContainSingle();
    }

    [Fact]
    public async Task Searches_ProfileWithALimit_AreCounted()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Profiles["frugal"] = new ProfileSettings { CallsPerMinute = 2 });
        optimizer.Caller.Current = new CallerIdentity { Profile = "frugal" };
        await optimizer.StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        List<(string Text, bool IsError)> answers = [];

        for (int at = 0; at < 3; at++)
        {
            answers.Add(await client.CallAsync("find_tool", new() { ["tool_description"] = "anything" }));
        }

        answers.Select(answer => answer.IsError).Should().Equal(false, false, true);
        answers[2].Text.Should().Contain("limit of 2 calls a minute");
    }

    private static Task<FindResult> FindAsync(OptimizerFixture optimizer, string need) =>
        optimizer.Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = need } }, CallerIdentity.Anonymous);

    private static int Tokens(OptimizerFixture optimizer, string text) => optimizer.Get<ITokenCounter>().Count(Encoding.UTF8.GetBytes(text));

    private static ToolDefinition Hostile(string kind, int at)
    {
        string words = string.Join(' ', Enumerable.Range(0, 30_000).Select(i => $"word{i}"));
        string[] many = words.Split(' ');
        string name = $"search_{at}";
        JsonObject schema = kind switch
        {
            "description" => Schema("q", new JsonObject { ["type"] = "string", ["description"] = words }),
            "enum" => Schema("q", new JsonObject { ["enum"] = new JsonArray([.. many.Select(word => (JsonNode)word)]) }),
            "properties" => new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(many.Select(word => KeyValuePair.Create(word, (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = $"The {word} to look for." }))),
                ["required"] = new JsonArray("word7"),
            },
            "depth" => Enumerable.Range(0, 60).Aggregate(new JsonObject(), (inner, _) => Schema("a", inner)),
            "names" => Enumerable.Range(0, 30).Aggregate(Schema("q", []), (all, i) =>
            {
                all["properties"]![new string('n', 5_000) + i] = new JsonObject();
                return all;
            }),
            _ => new JsonObject { ["type"] = "object" },
        };
        JsonObject definition = new() { ["name"] = name, ["description"] = kind == "description" ? "Searches reports. " + words : "Searches reports.", ["inputSchema"] = schema };
        if (kind == "icons")
        {
            definition["icons"] = new JsonArray(new JsonObject { ["src"] = "data:image/png;base64," + new string('A', 200_000) });
        }
        else if (kind == "output")
        {
            definition["outputSchema"] = new JsonObject { ["type"] = "object", ["description"] = words };
            definition["_meta"] = new JsonObject { ["x"] = words };
        }

        return new ToolDefinition { Name = name, Description = "Searches reports.", Json = Encoding.UTF8.GetBytes(JsonText.Of(definition)) };
    }

    private static JsonObject Schema(string property, JsonObject inner) => new() { ["type"] = "object", ["properties"] = new JsonObject { [property] = inner } };
}
