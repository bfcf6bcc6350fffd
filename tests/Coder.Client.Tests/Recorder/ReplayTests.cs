using Coder.Client.Clients.Wire;
using Microsoft.Extensions.DependencyInjection;
using Shared.Coder;

namespace Coder.Client.Tests.Recorder;

/// <summary>The client against the committed fixtures: recordings of the project's own fake, in the form in which a live deployment's would be.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private FixtureServer _server = null!;
    private ServiceProvider _services = null!;

    private ICoderClient Client => _services.GetRequiredService<ICoderClient>();

    public async Task InitializeAsync()
    {
        _server = await FixtureServer.StartAsync(RecorderTests.Committed);
        ServiceCollection services = new();
        services.AddCoderClient(options =>
        {
            options.BaseAddress = _server.Address;
            options.SessionToken = "any";
            options.MaxRetries = 0;
        });
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Templates_Recorded_AreRead()
    {
        Template template = (await Client.Templates.ListAsync())[0];

        (await Client.Templates.GetAsync(template.Id)).DisplayName.Should().Be("Setup");
        (await Client.Templates.ListParametersAsync(template.ActiveVersionId)).Should().Contain(parameter => parameter.Name == "AI Prompt");
        (await Client.Templates.ListPresetsAsync(template.ActiveVersionId)).Should().Contain(preset => preset.Default);
    }

    [Fact]
    public async Task Workspace_Recorded_IsReadInEveryWay()
    {
        Workspace byName = await Client.Workspaces.GetByNameAsync("me", "test-recording-agent");
        Workspace listed = (await Client.Workspaces.GetPageAsync("owner:me")).Workspaces[0];

        (listed.Id, listed.Name, listed.OwnerName, listed.TaskId).Should().Be((byName.Id, "test-recording-agent", "user-1", byName.TaskId));
        listed.LatestBuild!.Status.Should().Be("running");
        (await Client.Builds.GetAsync(byName.LatestBuild!.Id)).Transition.Should().Be("start");
        CoderTaskLogs logs = await Client.Tasks.GetLogsAsync(byName.OwnerName!, byName.TaskId!.Value);
        logs.Logs.Should().NotBeEmpty();
        (await Client.Tasks.GetAsync(byName.OwnerName!, byName.TaskId.Value)).InitialPrompt.Should().Be("Test recording task");
    }

    [Fact]
    public async Task Refusals_Recorded_AreTheirExceptions()
    {
        Workspace workspace = await Client.Workspaces.GetByNameAsync("me", "test-recording-agent");
        await Client.Workspaces.GetAsync(workspace.Id);

        await Client.Invoking(client => client.Workspaces.GetAsync(workspace.Id))
            .Should().ThrowAsync<CoderGoneException>("the second answer was recorded after the delete");
        CreateWorkspaceRequest request = new() { Name = "x", TemplateId = workspace.TemplateId };
        (await Client.Workspaces.CreateAsync("me", request)).LatestBuild!.Transition.Should().Be("start", "a success was recorded before the refusals");
        await Client.Invoking(client => client.Workspaces.CreateAsync("me", request)).Should().ThrowAsync<CoderConflictException>();
        (await Client.Invoking(client => client.Workspaces.CreateAsync("me", request)).Should().ThrowAsync<CoderValidationException>()).Which.Validations
            .Should().ContainSingle(field => field.Field == "name");
        (await Client.Users.GetAsync("me")).Username.Should().Be("user-1");
        await Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderUnauthorizedException>();
    }
}
