using Coder.Client.Models;
using Coder.Client.Repositories;
using Coder.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Coder.Client.Tests.Layers;

/// <summary>Services alone, over substituted repositories.</summary>
public sealed class ServiceLayerTests : IAsyncDisposable
{
    private readonly IAgentRepository _agents = Substitute.For<IAgentRepository>();
    private readonly ITaskRepository _tasks = Substitute.For<ITaskRepository>();
    private readonly IProjectRepository _projects = Substitute.For<IProjectRepository>();
    private readonly ServiceProvider _services;

    public ServiceLayerTests()
    {
        ServiceCollection services = [];
        services.AddLogging();
        services.AddSingleton(_agents);
        services.AddSingleton(_tasks);
        services.AddSingleton(_projects);
        services.AddFleet();
        _services = services.BuildServiceProvider();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Start_DormantAgent_IsWokenBeforeItsBuildIsQueued()
    {
        _agents.FindAsync("me", "henk", Arg.Any<CancellationToken>()).Returns(LayerAgents.Dormant, LayerAgents.Idle);
        _agents.QueueBuildAsync(Arg.Any<Agent>(), "start", null, Arg.Any<CancellationToken>()).Returns(LayerAgents.Idle.Build);

        LifecycleOutcome outcome = await _services.GetRequiredService<IAgentLifecycleService>().StartAsync("henk");

        outcome.Actions.Should().Equal("woke it from dormancy", "queued a start build");
        Received.InOrder(() =>
        {
            _agents.WakeAsync(LayerAgents.Dormant, Arg.Any<CancellationToken>());
            _agents.QueueBuildAsync(LayerAgents.Dormant, "start", null, Arg.Any<CancellationToken>());
        });
    }

    [Fact]
    public async Task StartTask_ConflictWithAPausedTask_IsNotBusy()
    {
        _agents.FindAsync("me", "henk", Arg.Any<CancellationToken>()).Returns(LayerAgents.Idle);
        _tasks.TrySendAsync(Arg.Any<Agent>(), "x", Arg.Any<CancellationToken>()).ThrowsAsync(new CoderConflictException("Task is not active."));
        _tasks.FindTaskStateAsync(Arg.Any<Agent>(), Arg.Any<CancellationToken>()).Returns("paused");

        (await _services.GetRequiredService<ITaskService>().Invoking(tasks => tasks.StartAsync("henk", "x")).Should().ThrowAsync<FleetException>())
            .Which.Message.Should().Contain("paused").And.Contain("start_agent resumes it");
    }

    [Fact]
    public async Task Roles_NameOfATemplate_IsFoundWhenNoProjectHasIt()
    {
        Project project = new() { Id = Guid.NewGuid(), Name = "Setup", TemplateName = "coder-devcontainer", ActiveVersionId = Guid.NewGuid() };
        _projects.ListTemplatesAsync(Arg.Any<CancellationToken>()).Returns([project]);

        await _services.GetRequiredService<IProjectService>().ListRolesAsync("CODER-devcontainer");

        await _projects.Received(1).ListRolesAsync(project, Arg.Any<CancellationToken>());
    }
}
