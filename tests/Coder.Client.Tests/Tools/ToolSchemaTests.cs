using System.Text.Json;
using Coder.Client.Tests.Support;
using Coder.Client.Tools;
using ModelContextProtocol.Protocol;
using Shared.Conventions;

namespace Coder.Client.Tests.Tools;

public sealed class ToolSchemaTests : IAsyncLifetime
{
    private FleetHarness _fleet = null!;
    private Dictionary<string, Tool> _tools = [];

    public async Task InitializeAsync()
    {
        _fleet = await FleetHarness.StartAsync();
        _tools = (await _fleet.Client.ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);
    }

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public void Tools_SayOfThemselvesWhatWasReviewed() =>
        ToolListing.Compare(FleetTools.Create(_fleet.Services), "Coder.Client.Tests").Should().BeEmpty("a change of what models see is reviewed");

    [Fact]
    public void Tools_AreTheElevenAndThoseThatWaitStopStartAndUpdate() => _tools.Keys.Should().BeEquivalentTo(FleetTools.Names).And.HaveCount(15);

    [Theory]
    [InlineData("list_agents", true, false, true)]
    [InlineData("show_agent", true, false, true)]
    [InlineData("list_agent_projects", true, false, true)]
    [InlineData("list_agent_roles", true, false, true)]
    [InlineData("create_agent", false, false, false)]
    [InlineData("delete_agent", false, true, true)]
    [InlineData("restart_agent", false, true, false)]
    [InlineData("start_agent_task", false, false, false)]
    [InlineData("cancel_agent_task", false, true, false)]
    [InlineData("show_agent_task_history", true, false, true)]
    [InlineData("show_agent_log", true, false, true)]
    [InlineData("wait_for_agent", true, false, true)]
    [InlineData("stop_agent", false, true, true)]
    [InlineData("start_agent", false, false, true)]
    [InlineData("update_agent", false, true, true)]
    public void Annotations_AreHonest(string name, bool readOnly, bool destructive, bool idempotent)
    {
        ToolAnnotations hints = _tools[name].Annotations!;

        (hints.ReadOnlyHint, hints.DestructiveHint, hints.IdempotentHint, hints.OpenWorldHint).Should().Be((readOnly, destructive, idempotent, true));
        hints.Title.Should().NotBeNullOrEmpty();
        _tools[name].Description.Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("list_agents", "", "status_filter,project_filter,metadata_filter,owner,include_metadata,organization_filter")]
    [InlineData("show_agent", "agent_name", "owner")]
    [InlineData("list_agent_projects", "", "")]
    [InlineData("list_agent_roles", "project", "organization")]
    [InlineData("create_agent", "name,project,task", "role,wait_seconds,organization")]
    [InlineData("delete_agent", "agent_name", "")]
    [InlineData("restart_agent", "agent_name", "wait_seconds")]
    [InlineData("start_agent_task", "agent_name,task_description", "")]
    [InlineData("cancel_agent_task", "agent_name", "")]
    [InlineData("show_agent_task_history", "agent_name", "page,page_size,owner")]
    [InlineData("show_agent_log", "agent_name", "page,page_size,after_id,max_characters,owner")]
    [InlineData("wait_for_agent", "agent_name", "status,timeout_seconds")]
    [InlineData("stop_agent", "agent_name", "")]
    [InlineData("start_agent", "agent_name", "wait_seconds")]
    [InlineData("update_agent", "agent_name", "wait_seconds")]
    public void InputSchema_HasTheseParametersWithDescriptions(string name, string required, string optional)
    {
        JsonElement schema = _tools[name].InputSchema;
        string[] wanted = Split(required);

        (schema.TryGetProperty("required", out JsonElement list) ? list.EnumerateArray().Select(item => item.GetString()) : []).Should().BeEquivalentTo(wanted);
        IEnumerable<JsonProperty> properties = schema.TryGetProperty("properties", out JsonElement found) ? found.EnumerateObject() : [];
        properties.Select(property => property.Name).Should().Equal([.. wanted, .. Split(optional)]);
        properties.Should().NotContain(property => string.IsNullOrEmpty(property.Value.GetProperty("description").GetString()));
        schema.GetProperty("additionalProperties").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public void InputSchema_PublishesTheLimitsAndDefaults()
    {
        JsonElement history = _tools["show_agent_task_history"].InputSchema.GetProperty("properties");
        JsonElement log = _tools["show_agent_log"].InputSchema.GetProperty("properties");

        (history.GetProperty("page_size").GetProperty("minimum").GetInt32(), history.GetProperty("page_size").GetProperty("maximum").GetInt32())
            .Should().Be((1, 100));
        history.GetProperty("page_size").GetProperty("default").GetInt32().Should().Be(20);
        log.GetProperty("page_size").GetProperty("default").GetInt32().Should().Be(1);
        history.GetProperty("page").GetProperty("default").GetInt32().Should().Be(1);
        (history.GetProperty("agent_name").GetProperty("minLength").GetInt32(), history.GetProperty("agent_name").GetProperty("maxLength").GetInt32())
            .Should().Be((1, 32));
        _tools["create_agent"].InputSchema.GetProperty("properties").GetProperty("name").GetProperty("pattern").GetString()
            .Should().Be("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$");
    }

    [Fact]
    public void OutputSchema_OfEveryTool_AllowsAResultOrAnError()
    {
        foreach (Tool tool in _tools.Values)
        {
            JsonElement schema = tool.OutputSchema!.Value;
            schema.GetProperty("type").GetString().Should().Be("object");
            schema.GetProperty("properties").GetProperty("error").GetProperty("required").EnumerateArray().Should().HaveCount(3);
            schema.GetProperty("anyOf").EnumerateArray().Select(branch => branch.GetProperty("required").EnumerateArray().First().GetString())
                .Should().HaveCount(2).And.EndWith("error");
        }

        _tools["list_agents"].OutputSchema!.Value.GetProperty("anyOf")[0].GetProperty("required").EnumerateArray().Select(item => item.GetString())
            .Should().Equal("agents", "total_count");
        _tools["show_agent"].OutputSchema!.Value.GetProperty("properties").GetProperty("agent").GetProperty("properties").GetProperty("created_at").GetProperty("format").GetString()
            .Should().Be("date-time");
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
