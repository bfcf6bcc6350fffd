using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Server.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shared.Json;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Api;

public sealed class ApiTests(ApiHostFixture fixture) : IClassFixture<ApiHostFixture>
{
    private readonly ApiHost _host = fixture.Host;

    public static TheoryData<string> Answers =>
    [
        "/api/caller", "/api/overview", "/api/overview?profile=few", "/api/find?need=echo+a+message", "/api/find?need=echo&detail=compact&limit=2",
        "/api/find?need=echo&token_budget=100", "/api/explain?need=echo&tool=one/echo", "/api/explain?need=echo&tool=one/nothing", "/api/tools", "/api/tools?server=one&limit=3&offset=3",
        "/api/tools?contains=ech", "/api/tool?name=one/echo", "/api/doctor", "/api/trust", "/api/trust?state=trusted&server=one", "/api/trust/review", "/api/trust/review?target=one", "/api/trust/log?limit=5",
        "/api/calls", "/api/settings", "/api/profiles", "/api/learning", "/api/openapi.json",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_FitsItsDescription(string path)
    {
        await _host.PostAsync("/api/call", """{"server":"one","tool":"echo","arguments":{"text":"x"}}""");

        (int status, JsonElement body) = await _host.GetAsync(path);

        status.Should().Be(200, body.ToString());
        JsonElement document = (await _host.GetAsync("/api/openapi.json")).Body;
        JsonElement schema = document.GetProperty("paths").GetProperty(path.Split('?')[0]).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema");
        Validate(document, schema, body);
        ShouldBeOfOneStyle(body);
    }

    [Fact]
    public async Task Called_AnswersWhatTheToolAnswered()
    {
        (int status, JsonElement echoed) = await _host.PostAsync("/api/call", """{"server":"one","tool":"echo","arguments":{"text":"hello"}}""");
        (_, JsonElement failed) = await _host.PostAsync("/api/call", """{"server":"one","tool":"fail"}""");
        (_, JsonElement absent) = await _host.PostAsync("/api/call", """{"server":"one","tool":"ecco"}""");
        (_, JsonElement asks) = await _host.PostAsync("/api/call", """{"server":"one","tool":"ask"}""");

        status.Should().Be(200);
        echoed.GetProperty("status").GetString().Should().Be("succeeded");
        echoed.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString().Should().Be("hello");
        failed.GetProperty("status").GetString().Should().Be("tool_failed");
        absent.GetProperty("status").GetString().Should().Be("not_found");
        asks.GetProperty("result").ToString().Should().Contain("refused", "nobody said that he can be asked");
        JsonElement document = (await _host.GetAsync("/api/openapi.json")).Body;
        foreach (JsonElement body in new[] { echoed, failed, absent, asks })
        {
            Validate(document, document.GetProperty("components").GetProperty("schemas").GetProperty("CalledAnswer"), body);
        }
    }

    [Fact]
    public async Task Call_ThatAsks_GoesOnWithTheAnswerOfItsCallerAlone()
    {
        (int status, JsonElement asked) = await _host.PostAsync("/api/call", """{"server":"one","tool":"ask","can_answer":true}""");

        status.Should().Be(200);
        asked.GetProperty("status").GetString().Should().Be("input_required");
        JsonProperty question = asked.GetProperty("questions").EnumerateObject().Should().ContainSingle().Subject;
        question.Value.GetProperty("method").GetString().Should().Be("elicitation/create");
        question.Value.GetProperty("params").GetProperty("message").GetString().Should().Be("Your name?");
        string answer = Answer(asked, question.Name, """{"action":"accept","content":{"name":"Ada"}}""");
        (await _host.PostAsync("/api/call", answer, ApiHost.Reader)).Body.GetProperty("status").GetString().Should().Be("invalid_arguments", "it is not his call");
        (await _host.PostAsync("/api/call", answer)).Body.GetProperty("result").ToString().Should().Contain("Ada");
        (await _host.PostAsync("/api/call", answer)).Body.GetProperty("status").GetString().Should().Be("invalid_arguments", "it is over");

        (_, JsonElement again) = await _host.PostAsync("/api/call", """{"server":"one","tool":"ask","can_answer":true}""");
        string key = again.GetProperty("questions").EnumerateObject().Single().Name;
        (await _host.PostAsync("/api/call", Answer(again, key, """{"action":"decline"}"""))).Body.GetProperty("result").ToString().Should().Contain("decline");
        JsonElement document = (await _host.GetAsync("/api/openapi.json")).Body;
        Validate(document, document.GetProperty("components").GetProperty("schemas").GetProperty("CalledAnswer"), asked);

        static string Answer(JsonElement asked, string key, string answer) =>
            $$$"""{"server":"one","tool":"ask","can_answer":true,"state":"{{{asked.GetProperty("state").GetString()}}}","answers": {"{{{key}}}": {{{answer}}} } }""";
    }

    [Fact]
    public async Task Result_CutOne_IsReadOnByItsCallerAlone()
    {
        const int bytes = 60_000;
        (_, JsonElement cut) = await _host.PostAsync("/api/call", $$$"""{"server":"one","tool":"flood","arguments":{"bytes": {{{bytes}}} }}""");
        cut.GetProperty("is_cut").GetBoolean().Should().BeTrue();
        string handle = cut.GetProperty("result_handle").GetString()!;

        StringBuilder text = new();
        JsonElement document = (await _host.GetAsync("/api/openapi.json")).Body;
        for (int? next = 0; next is not null;)
        {
            (int status, JsonElement part) = await _host.GetAsync($"/api/result?handle={handle}&offset={next}");
            status.Should().Be(200, part.ToString());
            Validate(document, document.GetProperty("components").GetProperty("schemas").GetProperty("ResultPartAnswer"), part);
            part.GetProperty("total").GetInt32().Should().Be(bytes);
            text.Append(part.GetProperty("text").GetString());
            next = part.TryGetProperty("next", out JsonElement more) ? more.GetInt32() : null;
        }

        text.ToString().Should().Be(new string('x', bytes));
        (await _host.GetAsync($"/api/result?handle={handle}", ApiHost.Reader)).Status.Should().Be(400);
        (await _host.GetAsync("/api/result?handle=r-nothing")).Body.GetProperty("error").GetString().Should().Contain("call the tool again");
    }

    [Fact]
    public async Task Events_ACall_IsToldToItsCallerAndToAdministrators()
    {
        using EventReader all = await EventReader.OpenAsync(_host, ApiHost.Operator);
        using EventReader own = await EventReader.OpenAsync(_host, ApiHost.Reader);
        (await all.NextAsync()).Should().Be("calls");
        (await all.NextAsync()).Should().Be("overview");
        (await own.NextAsync()).Should().Be("calls");
        (await own.NextAsync()).Should().Be("overview");

        Task<IReadOnlyList<string>> ownCall = own.UntilAsync("calls");
        await _host.PostAsync("/api/call", """{"server":"one","tool":"echo"}""");
        await all.UntilAsync("calls");
        await all.UntilAsync("overview");
        await _host.GetAsync("/api/find?need=echo");
        (await all.UntilAsync("overview")).Should().NotContain("calls", "a search is none");
        ownCall.IsCompleted.Should().BeFalse("calls of others are not his business");

        await _host.PostAsync("/api/call", """{"server":"one","tool":"echo"}""", ApiHost.Reader);
        await ownCall;
        await all.UntilAsync("calls");
    }

    [Fact]
    public async Task WithoutToken_NothingIsAnswered()
    {
        foreach (ApiEndpoint endpoint in OptimizerApi.Endpoints)
        {
            foreach (string? token in new[] { null, "wrong-token-0123456789" })
            {
                (int status, JsonElement body) = await _host.SendAsync(new HttpMethod(endpoint.Method), endpoint.Path, token);

                status.Should().Be(401, endpoint.Path);
                body.EnumerateObject().Select(member => member.Name).Should().Equal("error");
            }
        }

        (await _host.GetAsync("/api/nothing", null)).Status.Should().Be(401);
    }

    [Fact]
    public async Task NonAdministrator_SeesHisProfile_AndNothingOfOthers()
    {
        await _host.PostAsync("/api/call", """{"server":"one","tool":"slow","arguments":{"ms":1}}""");
        await _host.PostAsync("/api/call", """{"server":"one","tool":"echo"}""", ApiHost.Reader);

        JsonElement overview = (await _host.GetAsync("/api/overview", ApiHost.Reader)).Body;
        overview.GetProperty("tools").GetInt32().Should().Be(3);
        JsonElement server = overview.GetProperty("servers").EnumerateArray().Should().ContainSingle("a server without a visible tool is not told of").Subject;
        server.EnumerateObject().Select(member => member.Name).Should().NotContain(["reason", "last_error", "connection", "process_id", "usage"]);
        overview.EnumerateObject().Select(member => member.Name).Should().NotContain(["usage", "sources", "faults", "database", "process_id"]);

        JsonElement tools = (await _host.GetAsync("/api/tools", ApiHost.Reader)).Body;
        tools.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).Should().BeEquivalentTo("echo", "pid", "fail");
        tools.ToString().Should().NotContain("\"trust\"").And.NotContain("\"usage\"").And.NotContain("withheld");
        (await _host.GetAsync("/api/tool?name=one/slow", ApiHost.Reader)).Status.Should().Be(404);
        (await _host.GetAsync("/api/tools?profile=all", ApiHost.Reader)).Body.GetProperty("total").GetInt32().Should().BeLessThanOrEqualTo(3);
        (await _host.GetAsync("/api/find?need=wait+slowly&limit=50", ApiHost.Reader)).Body.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("name").GetString())
            .Should().BeSubsetOf(["echo", "pid", "fail"]);
        (await _host.GetAsync("/api/explain?need=slow&tool=one/slow", ApiHost.Reader)).Body.GetProperty("tool").GetProperty("placement").GetString().Should().Be("unknown");
        (await _host.GetAsync("/api/explain?need=slow&tool=one/slow&profile=few")).Body.GetProperty("tool").GetProperty("placement").GetString().Should().Be("profile", "an administrator is told");
        (await _host.PostAsync("/api/call", """{"server":"one","tool":"slow","arguments":{"ms":1}}""", ApiHost.Reader)).Body.GetProperty("status").GetString().Should().Be("not_found");
        (await _host.PostAsync("/api/call", """{"server":"one","tool":"slow","arguments":{"ms":1},"profile":"all"}""", ApiHost.Reader)).Body.GetProperty("status").GetString().Should().Be("not_found");
        (await _host.GetAsync("/api/calls", ApiHost.Reader)).Body.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("caller").GetString()).Should().NotBeEmpty().And.OnlyContain(caller => caller == "reader");
        foreach (ApiEndpoint endpoint in OptimizerApi.Endpoints.Where(endpoint => endpoint.IsForAdmins))
        {
            (await _host.SendAsync(new HttpMethod(endpoint.Method), endpoint.Path, ApiHost.Reader)).Status.Should().Be(403, endpoint.Path);
        }
    }

    [Theory]
    [InlineData("GET", "/api/find", 400, "The parameter 'need' is missing")]
    [InlineData("GET", "/api/find?need=x&nead=y", 400, "There is no parameter 'nead'; known are need")]
    [InlineData("GET", "/api/find?need=x&need=y", 400, "given 2 times")]
    [InlineData("GET", "/api/find?need=x&limit=51", 400, "The limit '51' is not legal: a whole number from 1 to 50.")]
    [InlineData("GET", "/api/find?need=x&detail=much", 400, "allowed: full, compact")]
    [InlineData("GET", "/api/find?need=x&profile=nobody", 400, "There is no profile 'nobody'.")]
    [InlineData("GET", "/api/caller?x=1", 400, "takes none")]
    [InlineData("GET", "/api/tools?server=onne", 400, "Did you mean 'one'?")]
    [InlineData("GET", "/api/tool?name=one/ecko", 404, "Did you mean 'one/echo'?")]
    [InlineData("GET", "/api/trust?state=lost", 400, "allowed: trusted, changed")]
    [InlineData("GET", "/api/nothing", 404, "/api/openapi.json lists all")]
    [InlineData("POST", "/api/find", 405, "takes GET, not POST")]
    [InlineData("GET", "/api/call", 405, "takes POST, not GET")]
    [InlineData("DELETE", "/api/trust", 405, "takes GET, not DELETE")]
    public async Task WrongRequest_IsRefusedInOneSentence(string method, string path, int expected, string sentence)
    {
        (int status, JsonElement body) = await _host.SendAsync(new HttpMethod(method), path, ApiHost.Operator);

        status.Should().Be(expected);
        body.EnumerateObject().Select(member => member.Name).Should().Equal("error");
        body.GetProperty("error").GetString().Should().Contain(sentence);
    }

    [Theory]
    [InlineData("/api/call", "not json", "application/json", "members server, tool, arguments, profile, can_answer, state, answers")]
    [InlineData("/api/call", "{}", "application/json", "not the JSON that is expected")]
    [InlineData("/api/call", "{\"server\":\"one\",\"tool\":\"echo\",\"argumens\":{}}", "application/json", "argumens")]
    [InlineData("/api/call", "{\"server\":\"one\",\"tool\":\"echo\"}", "text/plain", "must be application/json")]
    [InlineData("/api/trust/approve", "{\"target\":\"one\"}", "application/json", "must have been seen")]
    [InlineData("/api/trust/approve", "{\"target\":\"one\",\"review\":\"x\"}", "application/json", "Give one of target")]
    public async Task WrongBody_IsRefusedInOneSentence(string path, string body, string type, string sentence)
    {
        (int status, JsonElement answer) = await _host.PostAsync(path, body, ApiHost.Operator, type);

        status.Should().Be(400);
        answer.GetProperty("error").GetString().Should().Contain(sentence);
    }

    [Fact]
    public async Task Settings_SayWhereTheyWereSet_AndHoldNoSecret()
    {
        JsonElement body = (await _host.GetAsync("/api/settings")).Body;

        ILookup<string, JsonElement> settings = body.GetProperty("settings").EnumerateArray().ToLookup(setting => setting.GetProperty("key").GetString()!);
        JsonElement limit = settings["McpOptimizer:Search:MaxToolsToReturn"].Single();
        limit.GetProperty("value").GetString().Should().Be("5");
        limit.GetProperty("source").GetString().Should().Be("command line");
        settings["McpOptimizer:Search:CandidateCount"].Single().GetProperty("source").GetString().Should().Be("default");
        foreach (string secret in new[] { "HttpEmbeddings:ApiKey", "McpOptimizer:Store:Unheard", "Host:BearerTokens:operator", "Host:BearerTokens:reader" })
        {
            settings[secret].Single().GetProperty("is_secret").GetBoolean().Should().BeTrue();
            settings[secret].Single().TryGetProperty("value", out _).Should().BeFalse();
        }
    }

    [Fact]
    public async Task Find_IsCounted()
    {
        long before = Searches(await _host.GetAsync("/api/overview"));

        JsonElement found = (await _host.GetAsync("/api/find?need=echo+a+message")).Body;
        JsonElement overview = (await _host.GetAsync("/api/overview")).Body;

        found.GetProperty("answer").GetProperty("tools")[0].GetProperty("name").GetString().Should().Be("echo");
        found.GetProperty("answer").TryGetProperty("explanations", out _).Should().BeFalse("a model did not ask for them");
        Searches((200, overview)).Should().BeGreaterThan(before);
        overview.GetProperty("usage").GetProperty("tokens_saved").GetInt64().Should().BePositive();
        (await _host.GetAsync("/api/tool?name=one/echo")).Body.GetProperty("usage").GetProperty("found").GetInt64().Should().BePositive();

        static long Searches((int Status, JsonElement Body) answer) => answer.Body.GetProperty("usage").GetProperty("searches").GetInt64();
    }

    [Fact]
    public async Task Overview_NamesTheServerThatDidNotStart_AndWhy()
    {
        await Eventually.IsAsync(async () => (await _host.GetAsync("/api/overview")).Body.ToString().Contains("no-such-program-of-ours", StringComparison.Ordinal), "the dead server's reason");

        JsonElement dead = (await _host.GetAsync("/api/overview")).Body.GetProperty("servers").EnumerateArray().Single(server => server.GetProperty("name").GetString() == "dead");

        dead.GetProperty("state").GetString().Should().BeOneOf("failing", "broken", "error");
        dead.GetProperty("reason").GetString().Should().Contain("was not found");
    }

    [Fact]
    public void EveryRouteUnderApi_IsInTheTable()
    {
        IEnumerable<string> routes = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(route => route.StartsWith("/api", StringComparison.Ordinal) && !route.Contains('{', StringComparison.Ordinal));

        routes.Should().BeEquivalentTo(OptimizerApi.Endpoints.Select(endpoint => endpoint.Path));
    }

    // The validator reads draft-07, whose place for named schemas is "definitions".
    private static void Validate(JsonElement document, JsonElement schema, JsonElement body)
    {
        JsonObject rules = (JsonObject)JsonNode.Parse(Local(schema))!;
        rules["definitions"] = JsonNode.Parse(Local(document.GetProperty("components").GetProperty("schemas")));
        new SchemaValidator(JsonElement.Parse(rules.ToJsonString())).Validate(body).Should().BeEmpty();

        static string Local(JsonElement part) => part.GetRawText()
            .Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal).Replace("\"format\":\"date-time\"", "\"title\":\"time\"", StringComparison.Ordinal);
    }

    // Definitions, results and the like are as their servers wrote them, and names are names.
    private static void ShouldBeOfOneStyle(JsonElement value, string at = "$")
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject().Where(member => member.Name is not ("definition" or "result" or "answer" or "paths" or "components")))
            {
                member.Name.Should().MatchRegex("^[a-z0-9_]+$", at);
                member.Value.ValueKind.Should().NotBe(JsonValueKind.Null, $"{at}.{member.Name}");
                ShouldBeOfOneStyle(member.Value, $"{at}.{member.Name}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                ShouldBeOfOneStyle(item, at + "[]");
            }
        }
    }
}
