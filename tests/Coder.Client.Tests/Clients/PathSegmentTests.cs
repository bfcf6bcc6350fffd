using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

/// <summary>Names that a URL would resolve away must not send a call to another resource.</summary>
public sealed class PathSegmentTests
{
    public static TheoryData<string, Func<ICoderClient, string, Task>> Calls => new()
    {
        { "delete key", (client, name) => client.Users.DeleteKeyAsync("bob", name) },
        { "key of", (client, name) => client.Users.DeleteKeyAsync(name, "key") },
        { "user", (client, name) => client.Users.GetAsync(name) },
        { "token", (client, name) => client.Users.GetTokenAsync("bob", name) },
        { "tokens of", (client, name) => client.Users.ListTokensAsync(name) },
        { "create token", (client, name) => client.Users.CreateTokenAsync(name, new CreateTokenRequest()) },
        { "token config", (client, name) => client.Users.GetTokenConfigAsync(name) },
        { "workspace", (client, name) => client.Workspaces.GetByNameAsync("bob", name) },
        { "workspace of", (client, name) => client.Workspaces.GetByNameAsync(name, "henk") },
        { "create workspace", (client, name) => client.Workspaces.CreateAsync(name, new CreateWorkspaceRequest { Name = "x" }) },
        { "build", (client, name) => client.Builds.GetByNumberAsync("bob", name, 1) },
        { "organizations of", (client, name) => client.Organizations.ListOfUserAsync(name) },
        { "task of", (client, name) => client.Tasks.GetAsync(name, Guid.NewGuid()) },
        { "delete task", (client, name) => client.Tasks.DeleteAsync(name, Guid.NewGuid()) },
        { "create task", (client, name) => client.Tasks.CreateAsync(name, new CreateTaskRequest { Input = "x", TemplateVersionId = Guid.NewGuid() }) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task AnyCall_DotSegment_IsRefusedAndNothingIsSent(string what, Func<ICoderClient, string, Task> call)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();

        foreach (string name in (string[])[".", ".."])
        {
            await harness.Client.Invoking(client => call(client, name)).Should().ThrowAsync<ArgumentException>(what);
        }

        harness.Coder.Journal.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("%2e%2e")]
    [InlineData("..;x")]
    [InlineData("a?b#c")]
    public async Task AnyCall_OddName_StaysOneSegment(string name)
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();

        await harness.Client.Invoking(client => client.Users.DeleteKeyAsync("bob", name)).Should().NotThrowAsync();

        harness.Coder.Journal.Should().ContainSingle().Which.Path.Should().StartWith("/api/v2/users/bob/keys/");
    }

    [Fact]
    public async Task List_WorkspaceOrApplicationWithADotForAName_IsNotReachedByIt()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync();
        FakeWorkspace odd = harness.State.AddIdle("odd");
        odd.Overrides["name"] = "\"..\"";
        FakeWorkspace app = harness.State.AddIdle("app");
        app.Metadata = """{"data":{}}""";
        app.MetadataSlug = "..";

        IReadOnlyList<AgentDetails> agents = await harness.Get<IAgentService>().ListAsync(new AgentListQuery { IncludeMetadata = true });

        agents.Should().ContainSingle().Which.Agent.MetadataApp.Should().BeNull();
        harness.Logs.Lines.Should().Contain(line => line.Contains("dot segment", StringComparison.Ordinal));
    }
}
