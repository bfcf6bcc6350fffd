using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosting.Tests;

/// <summary>What the endpoint makes of bodies and headers.</summary>
public sealed class MessageTests
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;
    private const int HeaderMismatch = -32020;
    private const int UnsupportedVersion = -32022;

    [Theory]
    [InlineData(Rpc.BothTypes, "text/event-stream")]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("application/json;q=0.5, text/event-stream", "text/event-stream")]
    [InlineData("application/json, text/event-stream;q=0.5", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("text/*, application/json;q=0", "text/event-stream")]
    public async Task Post_AcceptVaries_AnswersInTheFormAskedFor(string accept, string expected)
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();

        using HttpResponseMessage handshake = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", """{"text":"a\n\nb"}"""), accept, session));
        using HttpResponseMessage perRequest = await host.Http.SendAsync(Rpc.PostCall("echo", """{"text":"a\n\nb"}""", accept));

        handshake.Content.Headers.ContentType!.MediaType.Should().Be(expected);
        (await handshake.TextAsync()).Should().Be("a\n\nb");
        perRequest.Content.Headers.ContentType!.MediaType.Should().Be(expected);
        (await perRequest.TextAsync()).Should().Be("a\n\nb");
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(400, true)]
    [InlineData(600, false)]
    [InlineData(100_000, false)]
    public async Task Post_DeepArguments_AreTakenAsTheTextOfTheirJsonOrRefusedWithTheirId(int levels, bool isTaken)
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        string deep = string.Concat(Enumerable.Repeat("[", levels)) + "1" + new string(']', levels);

        foreach (HttpRequestMessage request in new[] { Rpc.Post(Rpc.Call("echo", $"{{\"text\":{deep}}}"), session: session), Rpc.PostCall("echo", $"{{\"text\":{deep}}}") })
        {
            using HttpResponseMessage response = await host.Http.SendAsync(request);

            JsonNode answer = await response.AnswerAsync();
            answer["id"]!.GetValue<int>().Should().Be(7);
            if (isTaken)
            {
                (await response.TextAsync()).Should().Be(deep);
            }
            else
            {
                response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
                answer["error"]!["code"]!.GetValue<int>().Should().Be(InvalidRequest);
                answer["error"]!["message"]!.GetValue<string>().Should().Contain("nested deeper than");
            }
        }
    }

    [Fact]
    public async Task Post_DeepBesideTheArguments_IsRefusedWithItsId()
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        string deep = string.Concat(Enumerable.Repeat("[", 100)) + new string(']', 100);

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", "{}", $"\"_meta\":{{\"x\":{deep}}}"), session: session));

        JsonNode answer = await response.AnswerAsync();
        answer["id"]!.GetValue<int>().Should().Be(7);
        answer["error"]!["message"]!.GetValue<string>().Should().Contain("beside the arguments");
    }

    [Theory]
    [InlineData("""{"text":"half \ud800"}""", "half \uFFFD")]
    [InlineData("""{"text":"whole","k\udc00":"x"}""", "whole")]
    [InlineData("""{"text":{"k\ud83d":1}}""", "{\"k\uFFFD\":1}")]
    public async Task Post_HalfACharacter_IsReplacedWhereverItStands(string arguments, string expected)
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo", arguments), session: session));

        (await response.AnswerAsync()).ToJsonString().Should().NotContain("\"error\"");
        if (!expected.StartsWith('{'))
        {
            (await response.TextAsync()).Should().Be(expected);
        }
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0, text/event-stream;q=0")]
    public async Task Post_NothingAcceptable_Is406(string accept)
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Initialize(), accept));

        response.StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/event-stream;q=0.1", "text/event-stream")]
    public async Task Post_ToolReportsProgressToAClientThatPrefersJson_StreamsWhereItMayElseAnswersOnly(string accept, string expected)
    {
        await using TestHost host = await TestHost.StartAsync();
        const string Meta =
            """ "_meta":{"progressToken":"p","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

        host.Gate.Opened.TrySetResult();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.PostCall("count", """{"steps":3}""", accept, Meta));

        response.Content.Headers.ContentType!.MediaType.Should().Be(expected);
        (await response.TextAsync()).Should().Be("3");
    }

    [Fact]
    public async Task Post_ToolAsksAClientWithoutEventStreams_QuestionIsRefusedAndTheCallEnds()
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpResponseMessage opened = await host.Http.SendAsync(Rpc.Post(Rpc.Initialize("""{"elicitation":{}}"""), "application/json"));
        string session = opened.Headers.GetValues("Mcp-Session-Id").Single();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("ask"), "application/json", session));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.AnswerAsync())["error"]!["message"]!.GetValue<string>().Should().Contain("event stream");
    }

    [Theory]
    [InlineData("", ParseError)]
    [InlineData("{", ParseError)]
    [InlineData("nonsense", ParseError)]
    [InlineData("[]", ParseError)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", ParseError)]
    [InlineData("""{"id":1,"method":"ping"}""", ParseError)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", ParseError)]
    [InlineData("null", InvalidRequest)]
    public async Task Post_MalformedBody_Is400WithNullId(string body, int code)
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(body));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode answer = await response.AnswerAsync();
        answer["error"]!["code"]!.GetValue<int>().Should().Be(code);
        answer.AsObject().ContainsKey("id").Should().BeTrue();
        answer["id"].Should().BeNull();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"name":17}""")]
    [InlineData("""{"name":"no-such-tool"}""")]
    [InlineData("""{"name":"echo","arguments":"text"}""")]
    [InlineData("""{"name":"echo","arguments":[]}""")]
    [InlineData("""{"name":"echo","arguments":{"text":{}}}""")]
    [InlineData("""{"name":"echo","_meta":"text"}""")]
    public async Task Post_WrongParameters_IsTheCallersFault(string parameters)
    {
        await using TestHost host = await TestHost.StartAsync();
        string session = await host.Http.OpenAsync();
        string body = $$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{parameters}} }""";
        using HttpRequestMessage perRequest = Rpc.Post(body, version: TestHost.PerRequest);
        perRequest.Headers.Add("Mcp-Method", "tools/call");

        using HttpResponseMessage handshake = await host.Http.SendAsync(Rpc.Post(body, session: session));
        using HttpResponseMessage stateless = await host.Http.SendAsync(perRequest);

        ((int)handshake.StatusCode).Should().BeLessThan(500);
        JsonNode answer = await handshake.AnswerAsync();
        (answer["error"] ?? answer["result"]!["isError"]).Should().NotBeNull();
        stateless.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_DeeplyNestedBody_Is400()
    {
        await using TestHost host = await TestHost.StartAsync();
        string deep = Rpc.Call("echo", $$"""{"text":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""");

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(deep));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_OtherContentType_Is415()
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = Rpc.Post(Rpc.Initialize());
        request.Content = new StringContent(Rpc.Initialize(), Encoding.UTF8, "text/plain");

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyTooLarge_Is413(bool lengthKnown)
    {
        await using TestHost host = await TestHost.StartAsync(options => options.MaxRequestBodyBytes = 1000);
        using HttpRequestMessage request = Rpc.Post(Rpc.Call("echo", $$"""{"text":"{{new string('a', 2000)}}"}"""));
        request.Headers.TransferEncodingChunked = !lengthKnown;

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_UnknownVersion_NamesTheSupportedOne()
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.Post(Rpc.Call("echo"), version: "2031-01-01"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode answer = await response.AnswerAsync();
        answer["error"]!["code"]!.GetValue<int>().Should().Be(UnsupportedVersion);
        answer["error"]!["data"]!.ToJsonString().Should().Be("""{"supported":["2026-07-28"],"requested":"2031-01-01"}""");
        answer["id"]!.GetValue<int>().Should().Be(7);
    }

    [Theory]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Method", null)]
    [InlineData("Mcp-Name", "who")]
    [InlineData("Mcp-Name", "=?base64?!!!?=")]
    [InlineData("Mcp-Name", null)]
    [InlineData("MCP-Protocol-Version", null)]
    public async Task Post_HeaderAndBodyDisagree_IsRefused(string header, string? value)
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = Rpc.PostCall("echo", """{"text":"x"}""");
        request.Headers.Remove(header);
        if (value is not null)
        {
            request.Headers.Add(header, value);
        }

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ErrorCodeAsync()).Should().Be(HeaderMismatch);
    }

    [Fact]
    public async Task Post_NoMetadata_IsRefused()
    {
        await using TestHost host = await TestHost.StartAsync();

        using HttpResponseMessage response = await host.Http.SendAsync(Rpc.PostCall("echo", meta: ""));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ErrorCodeAsync()).Should().Be(InvalidParams);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("no/such/method")]
    public async Task Post_RemovedOrUnknownMethod_Is404(string method)
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = Rpc.Post(Rpc.Request(method, Rpc.Meta, "\"a\""), version: TestHost.PerRequest);
        request.Headers.Add("Mcp-Method", method);

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        JsonNode answer = await response.AnswerAsync();
        answer["error"]!["code"]!.GetValue<int>().Should().Be(MethodNotFound);
        answer["id"]!.GetValue<string>().Should().Be("a");
    }

    [Fact]
    public async Task List_NoHintsGiven_SaysNotToCache()
    {
        await using TestHost host = await TestHost.StartAsync();
        using HttpRequestMessage request = Rpc.Post(Rpc.Request("tools/list", Rpc.Meta), version: TestHost.PerRequest);
        request.Headers.Add("Mcp-Method", "tools/list");

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        JsonNode result = (await response.AnswerAsync())["result"]!;
        result["ttlMs"]!.GetValue<long>().Should().Be(0);
        result["cacheScope"]!.GetValue<string>().Should().Be("private");
    }
}
