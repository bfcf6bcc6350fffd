using System.Text.Json;
using Horreum.Server.Configuration;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

public sealed class QueryTests
{
    private const string Question = """{"query":"How many runs has example-test?"}""";

    private static readonly FakeLlmTurn Answer = new("It has 250 runs.");

    [Theory]
    [InlineData("openai", "LLM_BASE_URL", "/chat/completions")]
    [InlineData("anthropic", "LLM_BASE_URL", "/messages")]
    [InlineData("azure", "LLM_AZURE_ENDPOINT", "/openai/deployments/m1/chat/completions")]
    [InlineData("gemini", "LLM_GEMINI_ENDPOINT", "/models/m1:generateContent")]
    public async Task Post_OneToolCall_AnswersWithTheCall(string provider, string variable, string path)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(new FakeLlmTurn("", ("get_run_count", """{"testId":123}""")), Answer);
        await using ServerFixture server = await StartAsync(llm, ("LLM_PROVIDER", provider), ("LLM_BASE_URL", null), (variable, llm.Address));

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(200, answer.ToString());
        answer.GetProperty("query").GetString().Should().Be("How many runs has example-test?");
        answer.GetProperty("answer").GetString().Should().Be("It has 250 runs.");
        answer.GetProperty("metadata").GetProperty("llm_calls").GetInt32().Should().Be(2);
        answer.GetProperty("metadata").GetProperty("tool_calls").GetInt32().Should().Be(1);
        JsonElement call = answer.GetProperty("tool_calls").EnumerateArray().Single();
        call.GetProperty("tool").GetString().Should().Be("get_run_count");
        call.GetProperty("arguments").GetProperty("testId").GetInt32().Should().Be(123);
        call.GetProperty("result").GetProperty("total").GetInt32().Should().Be(ServerFixture.Runs);
        llm.Journal.Should().OnlyContain(request => request.Path == path && !request.Query.Contains(FakeLlm.Key));
        llm.Journal[1].Body.Should().Contain("250").And.Contain("list_tests").And.NotContain("upload_run");
    }

    [Fact]
    public async Task Post_SeveralCallsInTwoRounds_MakesAllInOrder()
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(
            new FakeLlmTurn("", ("list_tests", "{}"), ("get_run_summary", """{"runId":1}""")), new FakeLlmTurn("", ("get_run_data", """{"runId":1}""")), Answer);
        await using ServerFixture server = await StartAsync(llm);

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(200, answer.ToString());
        answer.GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("tool").GetString())
            .Should().Equal("list_tests", "get_run_summary", "get_run_data");
        answer.GetProperty("metadata").GetProperty("llm_calls").GetInt32().Should().Be(3);
        JsonElement last = JsonElement.Parse(llm.Journal[2].Body).GetProperty("messages");
        last.EnumerateArray().Count(message => message.GetProperty("role").GetString() == "tool").Should().Be(3);
    }

    [Theory]
    [InlineData("drop_tests", "{}", "There is no tool 'drop_tests'")]
    [InlineData("upload_run", "{}", "There is no tool 'upload_run'")]
    [InlineData("list_tests", "{\"page", "not a JSON object")]
    [InlineData("list_tests", "[1]", "not a JSON object")]
    [InlineData("get_run_summary", """{"runId":"x"}""", "INVALID_REQUEST")]
    public async Task Post_BadCall_IsToldToTheLlmWhichMayCorrectIt(string tool, string arguments, string error)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(new FakeLlmTurn("", (tool, arguments)), new FakeLlmTurn("", ("list_tests", "{}")), Answer);
        await using ServerFixture server = await StartAsync(llm, ("HORREUM_ENABLE_WRITES", "true"));

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(200, answer.ToString());
        answer.GetProperty("answer").GetString().Should().Be("It has 250 runs.");
        answer.GetProperty("tool_calls")[0].GetProperty("result").GetProperty("error").ToString().Should().Contain(error);
        JsonElement.Parse(llm.Journal[1].Body).GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString().Should().Contain("error");
    }

    [Fact]
    public async Task Post_CallsThatCannotBeMadeTwice_AnswersTheErrors()
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(new FakeLlmTurn("", ("drop_tests", "{}")));
        await using ServerFixture server = await StartAsync(llm);

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(200);
        answer.GetProperty("answer").GetString().Should().Contain("drop_tests");
        llm.Journal.Should().HaveCount(2);
    }

    [Fact]
    public async Task Post_LlmNeverStopsCalling_EndsAtTheRoundLimit()
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(new FakeLlmTurn("", ("list_tests", "{}")));
        await using ServerFixture server = await StartAsync(llm, ("LLM_MAX_ROUNDS", "3"));

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(200);
        answer.GetProperty("answer").GetString().Should().Contain("3 rounds");
        llm.Journal.Should().HaveCount(3);
    }

    [Fact]
    public async Task Post_LargeResult_IsCutForTheLlm()
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(new FakeLlmTurn("", ("list_runs", """{"testId":123,"pageSize":100}""")), Answer);
        await using ServerFixture server = await StartAsync(llm, ("LLM_MAX_RESULT_BYTES", "1000"));

        (_, JsonElement answer) = await server.PostAsync("/api/query", Question);

        JsonElement result = answer.GetProperty("tool_calls")[0].GetProperty("result");
        result.GetProperty("truncated").GetBoolean().Should().BeTrue();
        result.GetProperty("text").GetString()!.Length.Should().BeLessThanOrEqualTo(1000);
    }

    [Theory]
    [InlineData(401, "", 500, "INTERNAL_ERROR", false)]
    [InlineData(429, "", 429, "RATE_LIMITED", true)]
    [InlineData(500, "", 500, "INTERNAL_ERROR", false)]
    [InlineData(503, "", 503, "SERVICE_UNAVAILABLE", true)]
    [InlineData(302, "", 500, "INTERNAL_ERROR", false)]
    [InlineData(200, "<html>log in</html>", 502, "INTERNAL_ERROR", false)]
    [InlineData(200, "{}", 502, "INTERNAL_ERROR", false)]
    [InlineData(200, """{"choices":7}""", 502, "INTERNAL_ERROR", false)]
    public async Task Post_LlmFails_AnswersTheContractsError(int upstream, string body, int status, string code, bool retryable)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(Answer);
        llm.Fault = new FakeFault { Status = upstream, Body = body.Length > 0 ? body : $"wrong key {FakeLlm.Key}" };
        await using ServerFixture server = await StartAsync(llm);

        (int answered, JsonElement answer) = await server.PostAsync("/api/query", Question);

        answered.Should().Be(status, answer.ToString());
        JsonElement error = answer.GetProperty("error");
        error.GetProperty("code").GetString().Should().Be(code);
        error.GetProperty("retryable").GetBoolean().Should().Be(retryable);
        error.TryGetProperty("retryAfter", out JsonElement wait).Should().Be(status == 429);
        (status != 429 || wait.GetInt32() == 60).Should().BeTrue();
        answer.ToString().Should().NotContain(FakeLlm.Key);
    }

    [Theory]
    [InlineData("LLM_TIMEOUT")]
    [InlineData("LLM_QUERY_TIMEOUT")]
    public async Task Post_LlmHangs_AnswersTimeout(string variable)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(Answer);
        llm.Fault = new FakeFault { Hang = true };
        await using ServerFixture server = await StartAsync(llm, (variable, "1000"));

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(504, answer.ToString());
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("TIMEOUT");
        answer.GetProperty("error").GetProperty("message").GetString().Should().Contain(variable);
    }

    [Theory]
    [InlineData("LLM_PROVIDER")]
    [InlineData("LLM_API_KEY")]
    [InlineData("LLM_MODEL")]
    public async Task Post_NotConfigured_AnswersUnavailableWithAHint(string missing)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(Answer);
        await using ServerFixture server = await StartAsync(llm, (missing, null));

        (int status, JsonElement answer) = await server.PostAsync("/api/query", Question);

        status.Should().Be(503);
        JsonElement error = answer.GetProperty("error");
        error.GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE");
        error.GetProperty("retryable").GetBoolean().Should().BeFalse();
        error.GetProperty("details").GetProperty("hint").GetString().Should().Contain("LLM_PROVIDER");
        error.GetProperty("details").TryGetProperty("example_config", out _).Should().BeTrue();
        llm.Journal.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"query":" "}""")]
    [InlineData("""{"query":7}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Post_NoQuestion_IsRefused(string body)
    {
        await using FakeLlm llm = await FakeLlm.StartAsync(Answer);
        await using ServerFixture server = await StartAsync(llm);

        (int status, JsonElement answer) = await server.PostAsync("/api/query", body);

        status.Should().Be(400);
        answer.GetProperty("error").GetProperty("code").GetString().Should().Be("INVALID_REQUEST");
        llm.Journal.Should().BeEmpty();
    }

    [Theory]
    [InlineData("LLM_PROVIDER", "clippy", "openai, anthropic, azure, gemini")]
    [InlineData("LLM_PROVIDER", "azure", "LLM_AZURE_ENDPOINT is missing")]
    [InlineData("LLM_API_KEY", "secret key", "LLM_API_KEY")]
    public void Read_FaultySettings_NamesTheFaultAndHidesTheKey(string name, string value, string expected)
    {
        Action read = () => ServerFixture.Settings(
            new Uri("http://localhost"), ("LLM_PROVIDER", "openai"), ("LLM_API_KEY", "k"), ("LLM_MODEL", "m1"), (name, value));

        read.Should().Throw<SettingsException>().Where(e => e.Message.Contains(expected) && !e.Message.Contains("secret key"));
    }

    private static Task<ServerFixture> StartAsync(FakeLlm llm, params (string Name, string? Value)[] variables) => ServerFixture.StartAsync(
        [("LLM_PROVIDER", "openai"), ("LLM_API_KEY", FakeLlm.Key), ("LLM_MODEL", "m1"), ("LLM_BASE_URL", llm.Address), .. variables]);
}
