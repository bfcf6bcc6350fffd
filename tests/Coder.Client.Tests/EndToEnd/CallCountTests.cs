using System.Text.Json;
using Coder.Client.Tests.Support;

namespace Coder.Client.Tests.EndToEnd;

public sealed class CallCountTests
{
    private const string Metadata = """{"data":{"git_branch":{"value":"main","schema":{"type":"string","description":"Branch","includeInList":true}}}}""";

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    public async Task ListAgents_ManyAgents_CostsOnePageEachHundredAndOneMetadataCallEach(int agents)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        for (int i = 0; i < agents; i++)
        {
            fleet.State.AddIdle($"agent-{i}").Metadata = i % 10 == 0 ? null : Metadata;
        }

        JsonElement result = await fleet.CallAsync("list_agents");

        result.GetProperty("total_count").GetInt32().Should().Be(agents);
        (fleet.Calls("GET /api/v2/workspaces$"), fleet.Calls("/presets$"), fleet.Calls("/metadata$"), fleet.Coder.Journal.Count).Should()
            .Be(((agents / 100) + 1, 1, agents * 9 / 10, (agents / 100) + 2 + (agents * 9 / 10)), "one call more asks for the dormant ones");
        fleet.Coder.ClearJournal();
        await fleet.CallAsync("list_agents", new { include_metadata = false });
        fleet.Coder.Journal.Should().HaveCount((agents / 100) + 1);
    }
}
