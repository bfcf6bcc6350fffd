using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(401, "UNAUTHORIZED", "refused the session token")]
    [InlineData(403, "UNAUTHORIZED", "may not do this")]
    [InlineData(400, "INVALID_INPUT", "returned 400: No.")]
    [InlineData(500, "SERVICE_UNAVAILABLE", "cannot be reached")]
    [InlineData(418, "INTERNAL_ERROR", "returned 418: No.")]
    public async Task AnyTool_CoderRefuses_SaysWhatToDo(int status, string code, string fragment)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.Coder.Faults.Add(new Fault { Path = "/workspaces$", Status = status, Body = """{"message":"No."}""" });

        JsonElement error = await fleet.FailAsync("list_agents");

        error.GetProperty("code").GetString().Should().Be(code);
        error.GetProperty("message").GetString().Should().Contain(fragment);
        error.GetProperty("details").GetProperty("coder_status").GetString().Should().Be($"{status}");
        error.GetProperty("details").GetProperty("coder_request_id").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task AnyTool_RateLimited_SaysForHowLong()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.Coder.Faults.Add(new Fault { Path = "/workspaces$", Status = 429, Headers = { ["Retry-After"] = "37" } });

        JsonElement error = await fleet.FailAsync("list_agents");

        (error.GetProperty("code").GetString(), error.GetProperty("message").GetString())
            .Should().Be(("SERVICE_UNAVAILABLE", "Coder limits the rate of calls. Try again in 37 s."));
        error.GetProperty("details").GetProperty("retry_after_seconds").GetString().Should().Be("37");
    }

    [Fact]
    public async Task AnyTool_CoderGone_IsUnavailable()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(client: options => options.BaseAddress = new Uri("http://127.0.0.1:1"));

        (await fleet.FailAsync("list_agent_projects")).GetProperty("code").GetString().Should().Be("SERVICE_UNAVAILABLE");
    }

    [Theory]
    [InlineData("show_agent", "{\"agent\":\"henk\"}", "show_agent has no parameter 'agent'. Did you mean 'agent_name'? Parameters: agent_name, owner.")]
    [InlineData("show_agent", "{\"agent_nam\":\"henk\"}", "Did you mean 'agent_name'?")]
    [InlineData("show_agent", "{}", "show_agent needs a value for 'agent_name'.")]
    [InlineData("show_agent", "{\"agent_name\":null}", "show_agent needs a value for 'agent_name'.")]
    [InlineData("show_agent", "{\"agent_name\":{}}", "An argument cannot be read")]
    [InlineData("show_agent_log", "{\"agent_name\":\"henk\",\"page\":\"many\"}", "An argument cannot be read")]
    [InlineData("list_agent_projects", "{\"x\":1}", "Parameters: none.")]
    public async Task AnyTool_BadArguments_AreNamed(string tool, string arguments, string message)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        Dictionary<string, object?> map = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;

        ModelContextProtocol.Protocol.CallToolResult result = await fleet.Client.CallToolAsync(tool, map);

        JsonElement error = result.StructuredContent!.Value.GetProperty("error");
        (result.IsError, error.GetProperty("code").GetString()).Should().Be((true, "INVALID_INPUT"));
        error.GetProperty("message").GetString().Should().Contain(message);
    }
}
