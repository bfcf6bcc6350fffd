using System.Net;
using System.Text.Json;

namespace Fleet.Metadata.Tests.Http;

/// <summary>What an operator learns from <c>/ready</c> and the metrics when a source fails.</summary>
public sealed class ReadyTests
{
    [Fact]
    public async Task Ready_CollectorFails_DegradedWithTheSentenceAndSinceWhenUntilItIsMended()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        server.Git.Commit();
        (await StatusAsync(server)).Should().Be("Healthy");
        string stateFile = server.Git.FullPath + ".task.json";
        await File.WriteAllTextAsync(stateFile, "{");
        await server.GetJsonAsync("/metadata");

        JsonElement check = (await server.GetJsonAsync("/ready")).GetProperty("checks").GetProperty("workspace");

        check.GetProperty("status").GetString().Should().Be("Degraded");
        check.GetProperty("description").GetString().Should()
            .MatchRegex(@"^Collector task is incomplete since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ: .*does not hold a task state.*\.$");
        (await server.Http.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.OK, "what is there is still served");
        (await server.Http.GetStringAsync("/metrics")).Should().Contain("fleet_metadata_collectors_failing{collector=\"task\"} 1");

        await File.WriteAllTextAsync(stateFile, """{"status":"running"}""");
        (await StatusAsync(server)).Should().Be("Healthy", "the check looks anew when it knows of a fault");
        (await server.Http.GetStringAsync("/metrics")).Should().Contain("fleet_metadata_collectors_failing{collector=\"task\"} 0");
    }

    private static async Task<string?> StatusAsync(ServerFixture server) => (await server.GetJsonAsync("/ready")).GetProperty("status").GetString();
}
