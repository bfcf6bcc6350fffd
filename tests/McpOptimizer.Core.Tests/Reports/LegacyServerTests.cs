using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.AspNetCore.Http;
using Shared.Backends;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Servers that know nothing of <c>server/discover</c> and say so in their own ways.</summary>
public sealed class LegacyServerTests
{
    public static TheoryData<int, string?, string> Refusals
    {
        get
        {
            TheoryData<int, string?, string> all = new()
            {
                { 200, "application/json", "null" },
                { 200, "application/json", "" },
                { 200, "application/json", "{}" },
                { 200, "application/json", "this is not JSON" },
                { 200, "application/json", """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request"}}""" },
                { 200, "application/json", """{"jsonrpc":"2.0","id":ID,"result":{}}""" },
                { 200, "application/json", """{"jsonrpc":"2.0","id":ID,"result":null}""" },
                { 200, "text/event-stream", "" },
                { 200, "text/html", "<html>hello</html>" },
                { 200, null, "" },
                { 202, null, "" },
                { 204, null, "" },
            };
            foreach (int status in new[] { 400, 401, 403, 404, 405, 406, 409, 410, 415, 418, 422, 500, 501, 502, 503, 504 })
            {
                all.Add(status, "text/plain", "no");
                all.Add(status, "application/json", """{"error":"no"}""");
            }

            return all;
        }
    }

    [Fact]
    public async Task StdioServerThatEndsOnTheQuestion_IsGreetedInItsOwnWay_AndThatIsRemembered()
    {
        await using BackendFixture fixture = new();
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--legacy", "--journal", journal.Path);

        BackendToolList list = await fixture.Backends.ListToolsAsync(endpoint);
        await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "crash")).Should().ThrowAsync<BackendException>();
        BackendCallResult again = await fixture.Backends.CallAsync(endpoint, "echo", """{"text":"again"}""");

        list.Tools.Should().NotBeEmpty();
        again.Text().Should().Be("again");
        journal.Lines.Count(line => line.StartsWith("start", StringComparison.Ordinal)).Should().Be(3, "one that ended on the question, one that was called, and the next after the crash");
        journal.Lines.Count(line => line == "dies on server/discover").Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task HttpServerThatRefusesTheQuestion_IsGreetedInItsOwnWay(int status, string? type, string body)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        int questions = 0;
        stub.Odd = async (message, http) =>
        {
            if (message["method"]?.GetValue<string>() != "server/discover")
            {
                return false;
            }

            questions++;
            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            if (body.Length > 0)
            {
                await http.Response.WriteAsync(body.Replace("ID", message["id"]!.ToJsonString(), StringComparison.Ordinal));
            }

            return true;
        };

        BackendCallResult result = await fixture.Backends.CallAsync(BackendFixture.Http(stub.Url), "echo", """{"text":"here"}""");
        stub.ForgetSessions();
        await fixture.Backends.CallAsync(BackendFixture.Http(stub.Url), "echo");

        result.Text().Should().Be("here");
        stub.SessionsOpened.Should().Be(2);
        questions.Should().BeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Api-Key")]
    public async Task HttpServerThatRefusesTheCredentials_IsNotSentThemOnceMore(string header)
    {
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        await using BackendFixture fixture = new();
        stub.Status = 401;

        BackendException error = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(
            BackendFixture.Http(stub.Url, headers: new Dictionary<string, string> { [header] = "Bearer wrong" }), "echo")).Should().ThrowAsync<BackendException>()).Which;

        error.Failure.Should().Be(BackendFailure.Unauthorized);
        stub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task StdioServerThatCannotStart_IsStartedOnceATry_ButTheFirst()
    {
        await using BackendFixture fixture = new(options => options.Backends.RetryAttempts = 0);
        using TempFile journal = new();
        BackendEndpoint endpoint = BackendFixture.Stdio("s", "--exit", "1", "--journal", journal.Path);

        for (int i = 0; i < 3; i++)
        {
            await FluentActions.Awaiting(() => fixture.Backends.ListToolsAsync(endpoint)).Should().ThrowAsync<BackendException>();
        }

        journal.Lines.Count(line => line.StartsWith("start", StringComparison.Ordinal)).Should().Be(4);
    }
}
