using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools;
using Coder.Client.Tools.Results;
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

        StartTaskResult result = await new StartAgentTaskTool(_tasks, TimeProvider.System).StartAgentTaskAsync("henk", "do\u001b[2J it");

        (result.TaskDescription, result.Task.Message).Should().Be(("do it", "do it"));
    }

    [Fact]
    public async Task CreateAgent_WithoutAWait_WaitsForNothing()
    {
        _agents.CreateAsync(Arg.Any<NewAgent>(), Arg.Any<CancellationToken>()).Returns(LayerAgents.Idle);

        CreateAgentResult result = await new CreateAgentTool(_agents, _lifecycle).CreateAgentAsync("henk", "Setup", "x", organization: "research");

        result.Wait.Should().BeNull();
        _lifecycle.ReceivedCalls().Should().BeEmpty();
        await _agents.Received(1).CreateAsync(
            Arg.Is<NewAgent>(agent => agent.Organization == "research" && agent.Role == null), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task WaitForAgent_UnknownStatus_AsksNobody()
    {
        await FluentActions.Awaiting(() => new WaitForAgentTool(_lifecycle).WaitForAgentAsync("henk", "ready"))
            .Should().ThrowAsync<FleetException>().WithMessage("*'ready' is no status*");

        _lifecycle.ReceivedCalls().Should().BeEmpty();
    }
}
