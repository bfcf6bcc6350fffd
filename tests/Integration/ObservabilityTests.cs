using System.Diagnostics;
using System.Text.Json;
using Integration.Running;
using ModelContextProtocol.Client;
using Shared.Backends;
using Shared.Telemetry;
using Shared.Testing;

namespace Integration;

/// <summary>What an operator sees of the running server: metrics, one trace from the client to the backend, logs, the audit file.</summary>
public sealed class ObservabilityTests : IDisposable
{
    private const string ProtocolSource = "Experimental.ModelContextProtocol";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task FindAndCall_AreOneTraceFromClientToBackend_AndStandInMetricsLogsAndAudit(string version)
    {
        await using TestCollector collector = await TestCollector.StartAsync();
        await using StubHttpBackend far = await StubHttpBackend.StartAsync();
        string audit = _folder.Combine("audit", "calls.jsonl");
        Dictionary<string, string> environment = new(collector.Environment) { ["McpOptimizer__Audit__File"] = audit };
        (OptimizerProcess server, Uri address) = await OptimizerProcess.ServeAsync(_folder.FullPath, environment, "--servers", ServersFile(collector, far));
        await using OptimizerProcess _ = server;
        using ActivitySource source = new("client");
        using ActivityListener listener = new()
        {
            ShouldListenTo = known => known.Name is "client" or ProtocolSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using McpClient client = await McpClients.ConnectAsync(address, version: version);
        await client.WaitForToolsAsync(10);
        foreach (string name in new[] { "near", "far" })
        {
            Dictionary<string, object?> asked = new() { ["server_name"] = name };
            await Eventually.IsAsync(async () => (await client.CallToolAsync("list_tools", asked)).IsError != true, "the server that takes its time");
        }

        string trace;
        using (Activity activity = source.StartActivity("client", ActivityKind.Internal, parentContext: default)!)
        {
            activity.AddBaggage("secret", "of-the-client");
            trace = activity.TraceId.ToString();
            await client.FindAsync("return a simple text");
            (await client.CallAsync("near", "test_simple_text")).IsError.Should().NotBe(true);
            (await client.CallAsync("far", "echo", new { text = "hello" })).IsError.Should().NotBe(true);
        }

        far.LastHeaders.Should().ContainKey("traceparent").WhoseValue.Should().Contain(trace);
        far.LastHeaders.Should().NotContainKey("baggage", "what a client attaches is not for every server behind").And.NotContainKey("Correlation-Context");
        await Eventually.IsAsync(() => collector.Spans.Any(span => span.TraceId == trace && span.Service == "conformance-fixture"), "the backend's span");
        await Eventually.IsAsync(() => collector.Spans.Any(span => span.TraceId == trace && span.Name == "execute_tool echo"), "the second call");
        CollectedSpan[] spans = [.. collector.Spans.Where(span => span.TraceId == trace)];
        spans.Should().Contain(span => span.Service == "mcp-optimizer" && span.Name == "mcp_optimizer.find" && span.Source == "McpOptimizer.Core");
        CollectedSpan backend = spans.First(span => span.Service == "conformance-fixture" && span.Source == ProtocolSource);
        string[] chain = [.. Above(backend, spans).Select(span => span.Name)];
        chain.Should().Contain("execute_tool test_simple_text", "the backend's part hangs below the call: " + string.Join(" < ", chain));

        using HttpClient http = new() { BaseAddress = address };
        string metrics = await http.GetStringAsync("/metrics");
        metrics.Should().MatchRegex("mcp_optimizer_call_duration_seconds_bucket\\{[^}]*mcp_optimizer_server=\"near\"[^}]*le=\"0.005\"\\} ")
            .And.MatchRegex("mcp_optimizer_call_result_size_bytes_bucket\\{[^}]*le=\"1024\"\\} ").And.Contain("mcp_optimizer_finds_total{mcp_optimizer_outcome=\"")
            .And.Contain("mcp_optimizer_failing{mcp_optimizer_part=\"store\"} 0").And.NotContain("otel_scope");
        await Eventually.IsAsync(() => collector.Texts.Contains("/v1/logs", StringComparison.Ordinal) && collector.Texts.Contains("mcp_optimizer.call.duration", StringComparison.Ordinal), "logs and metrics");

        await Eventually.IsAsync(() => File.Exists(audit) && File.ReadLines(audit).Count() >= 2, "two lines in the audit file");
        RunResult shown = await OptimizerProcess.RunAsync(_folder.FullPath, environment, "audit", "--json", "--server", "near", "--since", "1h");
        shown.ExitCode.Should().Be(0, shown.Error);
        JsonElement line = JsonElement.Parse(shown.Output.Trim()).GetProperty("entries").EnumerateArray().Should().ContainSingle().Subject;
        line.GetProperty("tool").GetString().Should().Be("test_simple_text");
        line.GetProperty("trace_id").GetString().Should().Be(trace);
        line.TryGetProperty("arguments", out JsonElement _).Should().BeFalse();
        (await OptimizerProcess.RunAsync(_folder.FullPath, environment, "audit", "--outcome", "failed")).ExitCode.Should().Be(3);
        (await OptimizerProcess.RunAsync(_folder.FullPath, null, "audit", "--file", audit)).Output.Should().Contain("far/echo  Succeeded");
    }

    [Theory]
    [InlineData("--outcome sucess", "--outcome is 'sucess'; allowed: failed, Succeeded")]
    [InlineData("--since yesterday", "--since is 'yesterday'; give 15m, 2h, 7d, or a date")]
    [InlineData("--limit 0", "--limit is 0; give 1 or more.")]
    [InlineData("", "There is no audit file: McpOptimizer:Audit:File is not set")]
    [InlineData("--file nowhere.jsonl", "There is no file 'nowhere.jsonl' yet")]
    public async Task Audit_AskedWrongly_SaysWhatIsLegal(string arguments, string sentence)
    {
        RunResult run = await OptimizerProcess.RunAsync(_folder.FullPath, null, ["audit", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(sentence).And.NotContain("   at ");
    }

    private static IEnumerable<CollectedSpan> Above(CollectedSpan span, CollectedSpan[] spans)
    {
        for (CollectedSpan? at = span; at is not null; at = spans.FirstOrDefault(other => other.SpanId == at.ParentId))
        {
            yield return at;
        }
    }

    private string ServersFile(TestCollector collector, StubHttpBackend far)
    {
        string path = _folder.Combine("servers.json");
        string variables = JsonSerializer.Serialize(collector.Environment);
        File.WriteAllText(path, $$"""
            {
              "mcpServers": {
                "near": { "command": "dotnet", "args": [{{JsonSerializer.Serialize(Programs.Of("Conformance"))}}, "--stdio"], "env": {{variables}} },
                "far": { "url": "{{far.Url}}" }
              }
            }
            """);
        return path;
    }
}
