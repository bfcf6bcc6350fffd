using System.Diagnostics;
using Fleet.Server;
using ModelContextProtocol.Client;
using Shared.Coder;
using Shared.Telemetry;
using Shared.Testing;

namespace Coder.Client.Tests.Host;

/// <summary>What an operator sees of the running fleet server: <c>/metrics</c>, traces and logs at a collector, health.</summary>
public sealed class FleetObservabilityTests
{
    private const string Announcement = "Now listening on: ";

    [Fact]
    public async Task Server_ToolsCalled_StandInMetricsTracesAndLogs()
    {
        await using TestCollector collector = await TestCollector.StartAsync();
        await using FakeCoder coder = await FakeCoder.StartAsync();
        coder.State.AddIdle("henk");
        using Process server = Start(coder, collector);
        try
        {
            Uri address = await AddressAsync(server);
            await using McpClient client = await McpClient.CreateAsync(
                new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }));
            (await client.CallToolAsync("list_agents")).IsError.Should().NotBe(true);
            (await client.CallToolAsync("stop_agent", new Dictionary<string, object?> { ["agent_name"] = "henk" })).IsError.Should().NotBe(true);
            (await client.CallToolAsync("delete_agent", new Dictionary<string, object?> { ["agent_name"] = "nobody" })).IsError.Should().Be(true);

            using HttpClient http = new() { BaseAddress = address };
            string metrics = await http.GetStringAsync("/metrics");
            metrics.Should().MatchRegex("coder_fleet_operations_total\\{[^}]*operation=\"stop_agent\"[^}]*outcome=\"ok\"[^}]*\\} 1")
                .And.MatchRegex("coder_fleet_operations_total\\{[^}]*operation=\"delete_agent\"[^}]*outcome=\"failed\"[^}]*\\} 1")
                .And.Contain("http_server_request_duration_seconds_bucket").And.NotContain(coder.Options.Token);
            (await http.GetStringAsync("/health")).Should().NotContain(coder.Address.Host);

            await Eventually.IsAsync(() => collector.Spans.Any(span => span.Name == "stop_agent") && collector.Spans.Any(span => span.Name == "delete_agent"), "the spans of what changes an agent");
            CollectedSpan stopped = collector.Spans.First(span => span.Name == "stop_agent");
            (stopped.Service, stopped.Source).Should().Be(("fleet-mcp", CoderTelemetry.SourceName));
            await Eventually.IsAsync(
                () => collector.Spans.Any(span => span.TraceId == stopped.TraceId && span.Source == "System.Net.Http"), "the requests to Coder in the same trace");
            await Eventually.IsAsync(
                () => collector.Texts.Contains("stop_agent of agent 'henk' done.", StringComparison.Ordinal) && collector.Texts.Contains("coder.fleet.operations", StringComparison.Ordinal), "logs and metrics");
            collector.Texts.Should().NotContain(coder.Options.Token);
        }
        finally
        {
            server.Kill();
        }
    }

    private static Process Start(FakeCoder coder, TestCollector collector)
    {
        ProcessStartInfo start = new("dotnet", [typeof(FleetHost).Assembly.Location, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in collector.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["CODER_URL"] = coder.Address.AbsoluteUri;
        start.Environment["CODER_SESSION_TOKEN"] = coder.Options.Token;
        start.Environment["FLEET_MCP_AUTH_ENABLED"] = "false";
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process server)
    {
        string log = "";
        while (await server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            int at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0)
            {
                // What follows has to be read too, or the server stops at a full pipe.
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Announcement.Length)..]);
            }

            log += line + "\n";
        }

        throw new InvalidOperationException("The server ended: " + log);
    }
}
