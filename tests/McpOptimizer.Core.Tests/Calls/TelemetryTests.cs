using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.DependencyInjection;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Calls;

public sealed class TelemetryTests
{
    private static readonly CallerIdentity Alice = new() { SessionId = "alice" };

    [Fact]
    public async Task HitsUsed_CountsTheCallOfAHit_WithItsRank_OncePerFindAndSession()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        using Measurements measured = new(optimizer);
        FindResult found = await FindAsync(optimizer, "create an invoice", Alice);
        string second = found.Tools[1].Hit.Tool.Name;

        await CallAsync(optimizer, second, "bob");
        measured.Of(McpOptimizerTelemetry.HitsUsed).Should().BeEmpty("it was another session that found it");
        await CallAsync(optimizer, second, "alice");
        await CallAsync(optimizer, second, "alice");
        measured.Of(McpOptimizerTelemetry.HitsUsed).Should().ContainSingle().Which.Should().Contain("mcp_optimizer.rank", 2);

        await FindAsync(optimizer, "create an invoice", Alice);
        await CallAsync(optimizer, second, "alice");
        measured.Of(McpOptimizerTelemetry.HitsUsed).Should().HaveCount(2, "a new find shows it anew");
    }

    [Fact]
    public async Task Finds_AreCountedByWhatCameOfThem()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        using Measurements measured = new(optimizer);

        await FindAsync(optimizer, "create an invoice", Alice);
        await FindAsync(optimizer, "", Alice);

        measured.Of(McpOptimizerTelemetry.Finds).Select(tags => tags["mcp_optimizer.outcome"]).Should().Equal("found", "none");
    }

    [Fact]
    public async Task ExecuteToolDuration_CarriesTheConventionsNames()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        using Measurements measured = new(optimizer);

        await CallAsync(optimizer, "create_invoice", "alice");
        await CallAsync(optimizer, "no_such_tool", "alice");

        IReadOnlyDictionary<string, object?> tags = measured.Of(McpOptimizerTelemetry.ExecuteToolDuration).Should().ContainSingle("what was not found was not executed").Subject;
        tags.Should().Contain("gen_ai.tool.name", "create_invoice").And.Contain("gen_ai.tool.type", "extension").And.NotContainKey("error.type");
        measured.Of(McpOptimizerTelemetry.CallDuration).Should().HaveCount(2);
    }

    [Fact]
    public async Task ResultsCut_CountsResultsThatWereNotKeptToo()
    {
        await using OptimizerFixture optimizer = await StartAsync(options =>
        {
            options.Responses.MaxTokens = 50;
            options.Responses.MaxStoredBytes = 0;
        });
        using Measurements measured = new(optimizer);

        await CallAsync(optimizer, LongName, "alice");

        measured.Of(McpOptimizerTelemetry.ResultsCut).Should().ContainSingle().Which.Should().Contain("gen_ai.tool.name", LongName);
    }

    [Fact]
    public async Task Finds_RehearsedAtAStart_AreNotCounted()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db")))
        {
            first.Workloads.Add("shop");
            first.Backends.Set("shop", "create_invoice");
            await first.StartAsync();
        }

        int rehearsed = 0;
        await using OptimizerFixture second = new(folder.Combine("o.db"), services: services => services.AddSingleton<Rehearsal>(provider => (need, token) =>
        {
            rehearsed++;
            return FindTool.RehearseAsync(provider.GetRequiredService<DiscoveryService>(), need, token);
        }));
        using Measurements measured = new(second);

        await second.Ingestion.LoadAsync();
        rehearsed.Should().BePositive();
        measured.Of(McpOptimizerTelemetry.Finds).Should().BeEmpty();

        await FindAsync(second, "create an invoice", CallerIdentity.Anonymous);
        measured.Of(McpOptimizerTelemetry.Finds).Should().ContainSingle();
    }

    // The fixture's backends answer with the tool's name.
    private static string LongName { get; } = string.Concat(Enumerable.Repeat("long_name_", 200));

    private static async Task<OptimizerFixture> StartAsync(Action<McpOptimizerOptions>? configure = null)
    {
        OptimizerFixture optimizer = new(configure: configure);
        optimizer.Workloads.Add("shop");
        optimizer.Backends.Set("shop", FakeBackends.Tool("create_invoice", "Creates an invoice."), FakeBackends.Tool("list_invoices", "Lists invoices."), FakeBackends.Tool(LongName, "Does it."));
        await optimizer.StartAsync();
        return optimizer;
    }

    private static Task<FindResult> FindAsync(OptimizerFixture optimizer, string need, CallerIdentity caller) =>
        optimizer.Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = need } }, caller);

    private static Task<ToolCallOutcome> CallAsync(OptimizerFixture optimizer, string tool, string session) => optimizer.Get<IToolCallService>().CallAsync(
        new ToolCallRequest { ServerName = "shop", ToolName = tool, Arguments = JsonElement.Parse("{}") }, VisibilityScope.Everything, new CallContext { SessionId = session });

    // Only of this fixture's meters: others run at the same time.
    private sealed class Measurements : IDisposable
    {
        private readonly ConcurrentQueue<(string Instrument, IReadOnlyDictionary<string, object?> Tags)> _seen = new();
        private readonly MeterListener _listener = new();

        public Measurements(OptimizerFixture optimizer)
        {
            IMeterFactory factory = optimizer.Get<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == McpOptimizerTelemetry.SourceName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.Start();
        }

        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Of(string instrument) => [.. _seen.Where(one => one.Instrument == instrument).Select(one => one.Tags)];

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _seen.Enqueue((instrument.Name, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
    }
}
