using System.Text.Json;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools;
using Coder.Client.Tools.Results;
using Common.Tools;
using NSubstitute;

namespace Coder.Client.Tests.Layers;

/// <summary>Tools alone, over substituted services.</summary>
public sealed class ToolLayerTests
{
    private readonly ITaskService _tasks = Substitute.For<ITaskService>();
    private readonly IAgentService _agents = Substitute.For<IAgentService>();
    private readonly IAgentLifecycleService _lifecycle = Substitute.For<IAgentLifecycleService>();

    [Fact]
    public async Task StartAgentTask_HandsOnTheCleanTextAndShowsTheSame()
    {
        _tasks.StartAsync("henk", "do it", Arg.Any<CancellationToken>()).Returns(LayerAgents.Idle);

        StartTaskResult result = await RunAsync<StartTaskResult>(
            TaskTools.Create(_tasks, TimeProvider.System), "start_agent_task", """{"agent_name":"henk","task_description":"do\u001b[2J it"}""");

        (result.TaskDescription, result.Task.Message).Should().Be(("do it", "do it"));
    }

    [Fact]
    public async Task CreateAgent_WithoutAWait_WaitsForNothing()
    {
        _agents.CreateAsync(Arg.Any<NewAgent>(), Arg.Any<CancellationToken>()).Returns(LayerAgents.Idle);

        CreateAgentResult result = await RunAsync<CreateAgentResult>(
            AgentTools.Create(_agents, _lifecycle), "create_agent", """{"name":"henk","project":"Setup","task":"x","organization":"research"}""");

        result.Wait.Should().BeNull();
        _lifecycle.ReceivedCalls().Should().BeEmpty();
        await _agents.Received(1).CreateAsync(
            Arg.Is<NewAgent>(agent => agent.Organization == "research" && agent.Role == null), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task WaitForAgent_UnknownStatus_AsksNobody()
    {
        await FluentActions.Awaiting(() => RunAsync<WaitResult>(LifecycleTools.Create(_lifecycle), "wait_for_agent", """{"agent_name":"henk","status":"ready"}"""))
            .Should().ThrowAsync<FleetException>().WithMessage("*'ready' is no status*");

        _lifecycle.ReceivedCalls().Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"3601\"")]
    [InlineData("-1")]
    [InlineData("1e99")]
    public async Task CreateAgent_WaitOutOfRange_CreatesNothing(string wait)
    {
        await FluentActions.Awaiting(() => RunAsync<CreateAgentResult>(
                AgentTools.Create(_agents, _lifecycle), "create_agent", $$"""{"name":"henk","project":"Setup","task":"x","wait_seconds":{{wait}}}"""))
            .Should().ThrowAsync<ToolArgumentException>().WithMessage("*'wait_seconds'*from 0 to 3600*");

        _agents.ReceivedCalls().Should().BeEmpty();
    }

    private static Task<T> RunAsync<T>(IEnumerable<AnsweringTool> tools, string name, string arguments)
        where T : notnull
    {
        ValueTool<T> tool = tools.OfType<ValueTool<T>>().Single(one => one.Name == name);
        return tool.RunAsync(new ToolCall(tool, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!), CancellationToken.None);
    }
}
