using System.Net;
using System.Text.Json.Nodes;
using Shared.ToolHive;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Tests.Support;

namespace ToolHive.Client.Tests.Clients;

public sealed class WorkloadsClientTests
{
    private const string List = "/api/v1beta/workloads";

    [Fact]
    public async Task ListAsync_RunningAndStopped_ReturnsAllWithTheirMembers()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("time", "http://127.0.0.1:21001/mcp", workload => workload.Labels["team"] = "a");
        toolHive.Fake.AddWorkload("old", configure: workload => workload.Status = "stopped");

        WorkloadListing listing = await toolHive.Client.Workloads.ListAsync();

        listing.IsComplete.Should().BeTrue();
        listing.Items.Select(item => (item.Name, item.Status)).Should().Equal(("old", WorkloadStatus.Stopped), ("time", WorkloadStatus.Running));
        listing.Items[1].Should().BeEquivalentTo(new
        {
            Package = "ghcr.io/example/server:1.0",
            Url = "http://127.0.0.1:21001/mcp",
            TransportType = McpTransport.Stdio,
            ProxyMode = McpTransport.StreamableHttp,
            Group = "default",
            Remote = false,
        });
        listing.Items[1].Labels.Should().Contain("team", "a");
        listing.Items[1].CreatedAt.Should().Be(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    [Fact]
    public async Task ListAsync_UnknownWordsAndZeroTimes_AreKeptAndNulled()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("new", configure: workload =>
        {
            workload.Status = "hibernating";
            workload.TransportType = "telepathy";
            workload.ProxyMode = null;
            workload.StartedAt = "0001-01-01T00:00:00Z";
            workload.CreatedAt = "";
        });

        Workload workload = (await toolHive.Client.Workloads.ListAsync()).Items.Should().ContainSingle().Subject;

        workload.Status.ToString().Should().Be("hibernating");
        workload.TransportType.ToString().Should().Be("telepathy");
        workload.StartedAt.Should().BeNull();
        workload.CreatedAt.Should().BeNull();
    }

    [Fact]
    public async Task ListAsync_OneElementUnreadable_KeepsTheOthersAndSaysSo()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("good");
        toolHive.Fake.AddWorkload("bad", configure: workload => workload.RawElement = JsonNode.Parse("""{"name":"bad","port":{"no":"number"}}"""));
        toolHive.Fake.AddWorkload("nameless", configure: workload => workload.RawElement = JsonNode.Parse("""{"port":1}"""));

        WorkloadListing listing = await toolHive.Client.Workloads.ListAsync();

        listing.Items.Select(item => item.Name).Should().Equal("good");
        listing.IsComplete.Should().BeFalse();
        listing.Problems.Select(problem => problem.Name).Should().Equal("bad", null);
    }

    [Fact]
    public async Task ListAsync_NullList_IsEmptyAndComplete()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();

        WorkloadListing listing = await toolHive.Client.Workloads.ListAsync();

        listing.Items.Should().BeEmpty();
        listing.IsComplete.Should().BeTrue();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"workloads":{}}""")]
    [InlineData("[]")]
    public async Task ListAsync_NotAList_IsIncomplete(string answer)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.Faults.Add(new Fault { Kind = FaultKind.Replace, Path = List, Status = 200, Body = answer, ContentType = "application/json" });

        (await toolHive.Client.Workloads.ListAsync()).IsComplete.Should().BeFalse();
    }

    [Fact]
    public async Task ListAsync_PlainTextError_KeepsStatusAndText()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();

        Func<Task> list = () => toolHive.Client.Workloads.ListAsync(new WorkloadQuery { All = true, Group = "nowhere" });

        ToolHiveApiException error = (await list.Should().ThrowAsync<ToolHiveApiException>()).Which;
        error.StatusCode.Should().Be(HttpStatusCode.NotFound);
        error.Message.Should().Be("GET /api/v1beta/workloads returned 404: group 'nowhere' not found");
    }

    [Theory]
    [InlineData(FaultKind.BadJson)]
    [InlineData(FaultKind.TruncatedJson)]
    public async Task ListAsync_BrokenJson_IsAnApiErrorWithTheStatus(FaultKind fault)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddWorkload("time");
        toolHive.Fake.Faults.Add(fault, List);

        Func<Task> list = () => toolHive.Client.Workloads.ListAsync();

        (await list.Should().ThrowAsync<ToolHiveApiException>()).Which.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task GetAsync_RemoteWorkload_ReturnsTheRemoteServersAddress()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRemoteWorkload("notion", "http://127.0.0.1:21002/mcp", "https://mcp.notion.com/mcp");

        WorkloadDetail detail = await toolHive.Client.Workloads.GetAsync("notion");

        detail.Url.Should().Be("https://mcp.notion.com/mcp");
        detail.NetworkIsolation.Should().BeFalse();
        detail.Tools.Should().BeNull();
    }

    [Fact]
    public async Task CreateAsync_RegistryEntry_SendsOnlyWhatWasGiven()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.github.stacklok/fetch", Image = "ghcr.io/stacklok/fetch:1" });

        WorkloadCreated created = await toolHive.Client.Workloads.CreateAsync(new CreateWorkloadRequest { Name = "fetch", Registry = "default", Server = "io.github.stacklok/fetch" });

        created.Name.Should().Be("fetch");
        toolHive.Fake.Journal.Entries.Last(entry => entry.Method == "POST").Body.Should().Be("""{"name":"fetch","registry":"default","server":"io.github.stacklok/fetch"}""");
        toolHive.Fake.Workloads["fetch"].Package.Should().Be("ghcr.io/stacklok/fetch:1");
    }

    [Theory]
    [InlineData("io.github.stacklok/fetch", "fetch")]
    [InlineData("my server", "my-server")]
    [InlineData("..", "server")]
    public async Task CreateAsync_IllegalName_NamesRuleAndNearest(string name, string nearest)
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();

        Func<Task> create = () => toolHive.Client.Workloads.CreateAsync(new CreateWorkloadRequest { Name = name, Image = "x" });

        (await create.Should().ThrowAsync<ArgumentException>()).WithMessage($"'{name}'*Nearest: '{nearest}'*");
        toolHive.Fake.Journal.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task GetServerAsync_SlashInTheName_IsEscaped()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "io.github.stacklok/fetch", Image = "ghcr.io/stacklok/fetch:1" });
        toolHive.Fake.AddRegistryEntry(new FakeRegistryEntry { Name = "com.notion/mcp", Url = "https://mcp.notion.com/mcp" });

        RegistryServer container = await toolHive.Client.Registry.GetServerAsync("io.github.stacklok/fetch");
        RegistryServer remote = await toolHive.Client.Registry.GetServerAsync("com.notion/mcp");

        container.Should().BeOfType<ContainerRegistryServer>().Which.Image.Should().Be("ghcr.io/stacklok/fetch:1");
        remote.Should().BeOfType<RemoteRegistryServer>().Which.Url.Should().Be("https://mcp.notion.com/mcp");
        toolHive.Fake.Journal.Entries.Should().Contain(entry => entry.Path == "/api/v1beta/registry/default/servers/io.github.stacklok%2Ffetch");
    }

    [Fact]
    public async Task UpdateAsync_FromTheDetails_ChangesOneMemberOnly()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.AddRemoteWorkload("notion", "http://127.0.0.1:21002/mcp", "https://mcp.notion.com/mcp", workload => workload.Request = new JsonObject { ["tools"] = new JsonArray("search") });
        WorkloadDetail detail = await toolHive.Client.Workloads.GetAsync("notion");

        await toolHive.Client.Workloads.UpdateAsync("notion", UpdateWorkloadRequest.From(detail) with { Tools = ["search", "fetch"] });

        JsonNode body = toolHive.Fake.Journal.Entries.Last(entry => entry.Method == "POST").Json!;
        body["tools"]!.ToJsonString().Should().Be("""["search","fetch"]""");
        (body["url"]!.ToString(), body["network_isolation"]!.ToString(), body["group"]!.ToString(), body["image"]).Should().Be(("https://mcp.notion.com/mcp", "false", "default", null));
    }

    [Fact]
    public async Task CreateAsync_GatewayErrorPage_IsNotRepeated()
    {
        await using ToolHiveFixture toolHive = await ToolHiveFixture.StartAsync();
        toolHive.Fake.Faults.Add(new Fault { Path = List, Method = "POST", Status = 504, ContentType = "text/html", Body = "<html>Gateway timeout</html>" });

        Func<Task> create = () => toolHive.Client.Workloads.CreateAsync(new CreateWorkloadRequest { Name = "a", Image = "b" });

        (await create.Should().ThrowAsync<ToolHiveApiException>()).Which.Message.Should().Be("POST /api/v1beta/workloads returned 504.");
        toolHive.Fake.Journal.Count("POST", List).Should().Be(1);
    }
}
