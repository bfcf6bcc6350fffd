using System.Net;
using System.Text;
using System.Text.Json;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

public sealed class FaultTests
{
    public static TheoryData<int, string, string, int, string, bool> Statuses => new()
    {
        { 400, "syntax error in JSONPath", "text/plain", 400, "INVALID_REQUEST", false },
        { 401, "", "text/plain", 401, "INVALID_REQUEST", false },
        { 403, "", "text/plain", 403, "INVALID_REQUEST", false },
        { 404, "No result", "text/plain", 404, "NOT_FOUND", false },
        { 409, "conflict", "text/plain", 409, "INVALID_REQUEST", false },
        { 429, "slow down", "text/plain", 429, "RATE_LIMITED", true },
        { 500, "boom", "text/plain", 500, "INTERNAL_ERROR", false },
        { 502, "<html>bad gateway</html>", "text/html", 502, "SERVICE_UNAVAILABLE", true },
        { 503, "", "text/plain", 503, "SERVICE_UNAVAILABLE", true },
        { 504, "", "text/plain", 504, "TIMEOUT", true },
        { 302, "", "text/plain", 502, "INTERNAL_ERROR", false },
        { 200, "<html>log in</html>", "text/html", 502, "INTERNAL_ERROR", false },
        { 200, "not json", "application/json", 502, "INTERNAL_ERROR", false },
        { 200, "", "application/json", 502, "INTERNAL_ERROR", false },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Post_HorreumFails_AnswersTheContractsError(int upstream, string body, string type, int status, string code, bool retryable)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Horreum.Fail(new FakeFault { Status = upstream, Body = body, ContentType = type });

        foreach (string tool in (string[])["get_run_summary", "get_run_label_values"])
        {
            (int answered, JsonElement answer) = await server.CallAsync(tool, """{"runId":1}""");

            answered.Should().Be(status, answer.ToString());
            answer.GetProperty("error").GetProperty("code").GetString().Should().Be(code);
            answer.GetProperty("error").GetProperty("retryable").GetBoolean().Should().Be(retryable);
            answer.ToString().Should().NotContain("<html>");
        }
    }

    [Fact]
    public async Task Post_StreamedRunIsNotJson_AnswersTheContractsError()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Horreum.Fail(new FakeFault { Body = "{\"half\":", ContentType = "application/json" });

        (int status, JsonElement answer) = await server.CallAsync("get_run_data", """{"runId":1}""");

        status.Should().Be(502, answer.ToString());
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INTERNAL_ERROR");
    }

    [Theory]
    [InlineData("get_run_data")]
    [InlineData("get_run_summary")]
    public async Task Post_AnswerIsTruncated_SaysThatTheConnectionBroke(string tool)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Horreum.Fail(new FakeFault { Body = "{\"id\":1", ContentType = "application/json", Truncate = true });

        (int status, JsonElement answer) = await server.CallAsync(tool, """{"runId":1}""");

        status.Should().Be(503, answer.ToString());
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE");
    }

    [Theory]
    [InlineData("get_run_data", false)]
    [InlineData("get_run_summary", false)]
    [InlineData("get_run_data", true)]
    [InlineData("get_run_summary", true)]
    public async Task Post_HorreumHangsOrStalls_TimesOut(string tool, bool stall)
    {
        await using ServerFixture server = await ServerFixture.StartAsync(TimeSpan.FromMilliseconds(200));
        server.Horreum.Fail(new FakeFault { Body = "{\"id\":1", ContentType = "application/json", Stall = stall, Hang = !stall });

        (int status, JsonElement answer) = await server.CallAsync(tool, """{"runId":1}""");

        status.Should().Be(504, answer.ToString());
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("TIMEOUT");
        answer.GetProperty("error").GetProperty("retryable").GetBoolean().Should().BeTrue();
        answer.GetProperty("detail").GetProperty("error_type").GetString().Should().Be("timeout");
    }

    [Fact]
    public async Task Post_ConnectionIsReset_AnswersServiceUnavailable()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Horreum.Fail(new FakeFault { Reset = true });

        (int status, JsonElement answer) = await server.CallAsync("list_tests");

        status.Should().Be(503);
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE");
        answer.GetProperty("error").GetProperty("details").GetProperty("cause").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Post_ConnectionIsRefused_AnswersServiceUnavailable()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_BASE_URL", "http://127.0.0.1:9/"));

        (int status, JsonElement answer) = await server.CallAsync("list_tests");

        status.Should().Be(503);
        answer.GetProperty("error").GetProperty("details").GetProperty("cause").GetString().Should().Be("ConnectionError");
        using HttpResponseMessage ready = await server.Http.GetAsync(new Uri("/ready", UriKind.Relative));
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Post_HorreumAsksToWait_PassesItOn()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Horreum.Fail(new FakeFault { Status = 429, RetryAfter = "17" });
        using StringContent content = new("{}", Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await server.Http.PostAsync("/api/tools/horreum_list_tests", content);

        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(17));
        JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("retryAfter").GetInt32().Should().Be(17);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task Post_HorreumRecovers_RepeatsTheRead(int status)
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_RETRIES", "3"));
        server.Horreum.Fail(new FakeFault { Status = status, Reset = status == 0, Times = 2, RetryAfter = status == 429 ? "0" : null });

        (int answered, JsonElement answer) = await server.CallAsync("list_tests");

        answered.Should().Be(200, answer.ToString());
        server.Horreum.Journal.Should().HaveCount(3);
    }

    [Fact]
    public async Task Post_UploadFails_IsNeverRepeated()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_RETRIES", "3"), ("HORREUM_ENABLE_WRITES", "true"));
        server.Horreum.Fail(new FakeFault { Status = 503 });

        (int status, _) = await server.CallAsync("upload_run", """{"test":"example-test","start":"now","stop":"now","data":{"a":1}}""");

        status.Should().Be(503);
        server.Horreum.Journal.Should().ContainSingle();
    }

    [Fact]
    public async Task Post_Upload_SendsJsonWithResolvedTimes()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_ENABLE_WRITES", "true"));

        (int status, JsonElement answer) = await server.CallAsync(
            "upload_run", """{"test":"example-test","start":"2025-10-01","stop":"1759280400000","data":"{\"a\":1}","schema":"urn:x","access":"public"}""");

        status.Should().Be(200, answer.ToString());
        answer.GetProperty("runIds")[0].GetInt32().Should().Be(ServerFixture.Runs + 1);
        FakeRequest sent = server.Horreum.Journal.Single();
        sent.Body.Should().Be("{\"a\":1}");
        sent.Headers["Content-Type"].Should().StartWith("application/json");
        sent.Query.Should().Contain("start=1759276800000").And.Contain("stop=1759280400000").And.Contain("access=PUBLIC");
    }

    [Fact]
    public async Task Post_BodyIsHuge_IsRefusedInTheContractsForm()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HTTP_MAX_BODY_SIZE", "2048"));

        (int status, JsonElement answer) = await server.CallAsync("list_tests", $$"""{"name":"{{new string('x', 5000)}}"}""");

        status.Should().Be(413);
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
    }

    [Fact]
    public async Task Post_RunOfMegabytes_PassesThrough()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        string text = new('x', 3_000_000);
        server.Horreum.State.Runs[0] = server.Horreum.State.Runs[0] with { Data = $$"""{"text":"{{text}}"}""" };

        (int status, JsonElement answer) = await server.CallAsync("get_run", """{"runId":1}""");

        status.Should().Be(200);
        answer.GetProperty("runId").GetString().Should().Be("1");
        answer.GetProperty("data").GetProperty("text").GetString().Should().HaveLength(text.Length);
    }

    [Fact]
    public async Task Post_TooManyCalls_AreRefusedWithRetryAfter()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_RATE_LIMIT", "1"));

        (int Status, JsonElement Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.CallAsync("list_tests").WaitAsync(TimeSpan.FromSeconds(3))
            .ContinueWith(call => call.IsCompletedSuccessfully ? call.Result : (0, default), TaskScheduler.Default)));

        answers.Should().Contain(answer => answer.Status == 429);
        answers.First(answer => answer.Status == 429).Body.GetProperty("error").GetProperty("retryAfter").GetInt32().Should().BePositive();
    }
}
