using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.AspNetCore.Http;
using Shared.Backends;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>What a server says about its refusal reaches the caller: bounded, on one line, without secrets.</summary>
public sealed class ErrorDetailTests
{
    private const string Secret = "s3cr3t-t0ken-value";

    [Theory]
    [InlineData(400, "text/plain", "quota of project 7 is used up", "quota of project 7 is used up")]
    [InlineData(422, "application/json", """{"detail":"field q is missing"}""", "field q is missing")]
    [InlineData(500, "application/json", """{"error":{"message":"table locked","data":{"table":"runs"}}}""", """table locked {"table":"runs"}""")]
    [InlineData(502, "text/html", "<html><head><style>a{}</style><title>Bad</title></head><body><h1>Upstream &amp; co</h1>\n are down</body></html>", "Bad Upstream & co are down")]
    [InlineData(503, "text/plain", "with s3cr3t-t0ken-value", "with ***")]
    [InlineData(403, "application/json", """{"error":"insufficient_scope","error_description":"needs repo:write"}""", "needs repo:write")]
    public async Task HttpBody_IsTold(int status, string type, string body, string expected)
    {
        BackendException error = await CallAsync(status, type, body, "tools/call");

        error.Message.Should().Contain($"HTTP {status}").And.Contain(expected).And.NotContain("<").And.NotContain(Secret);
    }

    [Fact]
    public async Task HttpBody_Huge_IsBounded()
    {
        BackendException error = await CallAsync(500, "text/plain", new string('x', 1_000_000) + "\u001b[31m", "tools/call");

        error.Message.Length.Should().BeLessThan(1_000);
    }

    [Theory]
    [InlineData("""{"hint":"use page 2","list":[1,2]}""", """data: {"hint":"use page 2","list":[1,2]}""")]
    [InlineData("\"as text\"", "data: \"as text\"")]
    [InlineData("[1]", "data: [1]")]
    [InlineData("{\"token\":\"s3cr3t-t0ken-value\"}", "***")]
    public async Task ErrorData_IsTold(string data, string expected)
    {
        BackendException error = await CallAsync(200, "application/json", $$$"""{"jsonrpc":"2.0","id":ID,"error":{"code":-32050,"message":"odd state","data":{{{data}}}}}""", "tools/call");

        error.ErrorCode.Should().Be(-32050);
        error.Message.Should().Contain("odd state (code -32050)").And.Contain(expected).And.NotContain(Secret);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task SupportedVersions_AreTold(int status)
    {
        const string error = """{"jsonrpc":"2.0","id":ID,"error":{"code":-32022,"message":"Unsupported protocol version","data":{"supported":["2031-01-01"],"requested":"x"}}}""";

        (await CallAsync(status, "application/json", error, "initialize")).Message.Should().Contain("2031-01-01");
    }

    [Theory]
    [InlineData("text/html", "<html><body>Please sign in</body></html>", "text/html", "Please sign in")]
    [InlineData("text/plain", "OK", "text/plain", "OK")]
    [InlineData("application/xml", "", "application/xml", "application/json")]
    public async Task WrongContentType_IsNamed(string type, string body, string named, string said)
    {
        BackendException error = await CallAsync(200, type, body, "initialize");

        error.Message.Should().Contain(named).And.Contain(said);
    }

    [Theory]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("APPLICATION/json;charset=\"utf-8\"")]
    [InlineData("application/json-rpc")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task AnswerUnderAnotherName_IsTaken(string? type)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        Answer(stub, 200, type, """{"jsonrpc":"2.0","id":ID,"result":{"content":[{"type":"text","text":"read"}]}}""", "tools/call");

        (await fixture.Backends.CallAsync(BackendFixture.Http(stub.Url), "echo")).Text().Should().Be("read");
    }

    [Theory]
    [InlineData("Text/Event-Stream")]
    [InlineData("TEXT/EVENT-STREAM; charset=utf-8")]
    public async Task StreamUnderAnotherName_IsTaken(string type)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        Answer(stub, 200, type, "data: {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"read\"}]}}\n\n", "tools/call");

        (await fixture.Backends.CallAsync(BackendFixture.Http(stub.Url), "echo")).Text().Should().Be("read");
    }

    [Theory]
    [InlineData("ID", "Session not found")]
    [InlineData("null", "Session not found")]
    [InlineData("ID", "Invalid or expired session")]
    [InlineData("ID", "Bad Request: No valid session ID provided", -32000)]
    public async Task SessionThatIsGone_SaidWithStatus200_IsOpenedAnew(string id, string message, int code = -32001)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url);
        await fixture.Backends.CallAsync(endpoint, "echo");
        int refusals = 0;
        Answer(stub, 200, "application/json", $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""", "tools/call", () => refusals++ == 0);

        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"anew"}""");

        result.Text().Should().Be("anew");
        stub.SessionsOpened.Should().Be(2);
    }

    [Theory]
    [InlineData(-32001, "Request timed out")]
    [InlineData(-32000, "Browser session not found")]
    public async Task ErrorThatOnlyLooksAlike_IsNoReasonToCallTwice(int code, string message)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        int calls = 0;
        Answer(stub, 200, "application/json", $$$"""{"jsonrpc":"2.0","id":ID,"error":{"code":{{{code}}},"message":"{{{message}}}"}}""", "tools/call", () => ++calls > 0);

        await FluentActions.Awaiting(() => fixture.Backends.CallAsync(BackendFixture.Http(stub.Url), "echo")).Should().ThrowAsync<BackendException>();

        calls.Should().Be(1);
    }

    [Fact]
    public async Task CursorsThatAreNumbers_AreFollowed()
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Server.PageSize = 5;
        stub.Server.NumbersAsCursors = true;

        (await fixture.Backends.ListToolsAsync(BackendFixture.Http(stub.Url))).Tools.Should().HaveCount(StubServer.BuiltInTools);
    }

    private static async Task<BackendException> CallAsync(int status, string type, string body, string method)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        Answer(stub, status, type, body, method);
        BackendEndpoint endpoint = BackendFixture.Http(stub.Url, headers: new Dictionary<string, string> { ["X-Api-Key"] = Secret });
        return (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "echo")).Should().ThrowAsync<BackendException>()).Which;
    }

    private static void Answer(StubHttpBackend stub, int status, string? type, string body, string method, Func<bool>? when = null) => stub.Odd = async (message, http) =>
    {
        if (message["method"]?.GetValue<string>() != method || when?.Invoke() == false)
        {
            return false;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        await http.Response.WriteAsync(body.Replace("\"id\":ID", "\"id\":" + message["id"]!.ToJsonString(), StringComparison.Ordinal));
        return true;
    };
}
