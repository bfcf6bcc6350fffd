using System.Text.Json.Nodes;
using Shared.Conventions;
using Shared.Horreum;
using Xunit.Abstractions;

namespace Shared.Tests;

/// <summary>What the fakes answer is what the real services describe: no member of another name or kind.</summary>
public sealed class FakesKeepToDescriptionsTests(ITestOutputHelper output)
{
    // Where the description is known to be wrong or silent: a member that a later version may add, which clients are to pass over; data of any shape, which it calls an object; and times of label values,
    // which travel as numbers of milliseconds.
    private static readonly string[] Known = [".unheardOf ", "body.data", "labelValues 200: body[0].start is Number", "labelValues 200: body[0].stop is Number"];

    [Fact]
    public void Coder_RecordedAnswers_AreAsDescribed()
    {
        if (ServiceDescription.TryLoad("coder.json") is not { } description)
        {
            output.WriteLine("../shared/openapi/coder.json is not there: nothing is held against it.");
            return;
        }

        string[] files = Directory.GetFiles(Path.Combine(SourceConvention.RepositoryRoot(), "tests", "Coder.Client.Tests", "Fixtures"), "*.json");
        List<string> faults = [];
        int held = 0;
        foreach (JsonNode recording in files.Select(file => JsonNode.Parse(File.ReadAllText(file))!))
        {
            string path = (string)recording["Request"]!["Path"]!["Matchers"]![0]!["Pattern"]!;
            if (path.StartsWith("/api/v2/", StringComparison.Ordinal))
            {
                held++;
                faults.AddRange(description.Check((string)recording["Request"]!["Methods"]![0]!, path, (int)recording["Response"]!["StatusCode"]!, recording["Response"]!["BodyAsJson"]));
            }
        }

        held.Should().BeGreaterThan(20);
        string.Join('\n', faults.Distinct()).Should().BeEmpty();
    }

    [Fact]
    public async Task Horreum_Answers_AreAsDescribed()
    {
        if (ServiceDescription.TryLoad("horreum.json") is not { } description)
        {
            output.WriteLine("../shared/openapi/horreum.json is not there: nothing is held against it.");
            return;
        }

        await using FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(3, new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
        using HttpClient http = new() { BaseAddress = horreum.Address };
        List<string> faults = [];
        foreach (string path in new[]
        {
            "/api/config/version", "/api/test/summary", "/api/test/byName/example-test", "/api/test/123", "/api/run/list/123", "/api/run/list", "/api/run/count", "/api/run/1",
            "/api/run/1/labelValues", "/api/dataset/list/byTest/123", "/api/dataset/1001", "/api/schema", "/api/schema/1",
        })
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(path + (path == "/api/run/count" ? "?testId=123" : ""), UriKind.Relative));
            ((int)answer.StatusCode).Should().Be(200, path);
            faults.AddRange(description.Check("GET", path, 200, JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
        }

        string.Join('\n', faults.Distinct().Where(fault => !Known.Any(fault.Contains))).Should().BeEmpty();
    }
}
