using System.Diagnostics;
using System.Globalization;
using Coder.Client.Models;
using Coder.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using Shared.Coder;

namespace Benchmarks.Coder;

/// <summary>
/// Lists 100 and 500 agents from the fake deployment with a latency for each call and workspaces of a real one's size: without metadata, with the
/// metadata of all, and with ten workspaces that never answer.
/// </summary>
internal sealed class CoderListBenchmark : IBenchmark
{
    private const string Metadata = """
        {"data":{"git_branch":{"value":"main","schema":{"type":"string","description":"Branch","includeInList":true}},
         "github_pr_number":{"value":819,"schema":{"type":"number","description":"PR","includeInList":true}}},"meta":{"version":"1.0"}}
        """;

    public string Name => "coder-list";

    public string Description => "list_agents at 100 and 500 agents with latency: [--latency MS] [--runs N] [--script-bytes N]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int latency = Read(args, "--latency", 50);
        int runs = Read(args, "--runs", 7);
        int scriptBytes = Read(args, "--script-bytes", 33_000);
        Console.WriteLine($"latency {latency} ms a call, {scriptBytes} bytes of scripts in each workspace, {runs} runs; times in ms");
        Console.WriteLine($"{"agents",6} {"case",-26} {"first",8} {"median",8} {"worst",8} {"calls",6} {"answered",9}");
        foreach (int agents in (int[])[100, 500])
        {
            await MeasureAsync(agents, 0, latency, runs, scriptBytes, cancellationToken);
            await MeasureAsync(agents, 10, latency, runs, scriptBytes, cancellationToken);
        }

        return 0;
    }

    private static async Task MeasureAsync(int count, int unreachable, int latency, int runs, int scriptBytes, CancellationToken cancellationToken)
    {
        await using FakeCoder coder = await FakeCoder.StartAsync(
            new FakeCoderOptions { ScriptBytes = scriptBytes, Latency = TimeSpan.FromMilliseconds(latency) });
        for (int i = 0; i < count; i++)
        {
            FakeWorkspace workspace = coder.State.AddIdle($"agent-{i}");
            (workspace.Metadata, workspace.Unreachable) = (Metadata, i < unreachable);
        }

        await using ServiceProvider services = Build(coder);
        IAgentService agents = services.GetRequiredService<IAgentService>();
        string suffix = unreachable == 0 ? "" : $", {unreachable} unreachable";
        if (unreachable == 0)
        {
            await ReportAsync(coder, agents, count, "no metadata", new AgentListQuery(), runs, cancellationToken);
        }

        await ReportAsync(coder, agents, count, "metadata of all" + suffix, new AgentListQuery { IncludeMetadata = true }, runs, cancellationToken);
    }

    private static async Task ReportAsync(
        FakeCoder coder, IAgentService agents, int count, string title, AgentListQuery query, int runs, CancellationToken cancellationToken)
    {
        List<double> times = [];
        int calls = 0;
        int answered = 0;
        for (int run = 0; run < runs; run++)
        {
            coder.ClearJournal();
            long begun = Stopwatch.GetTimestamp();
            IReadOnlyList<AgentDetails> listed = await agents.ListAsync(query, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            calls = coder.Journal.Count;
            answered = listed.Count(details => details.Metadata?.Fields is not null);
        }

        double first = times[0];
        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"{count,6} {title,-26} {first,8:F0} {times[times.Count / 2],8:F0} {times[^1],8:F0} {calls,6} {answered,9}"));
    }

    private static ServiceProvider Build(FakeCoder coder)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddCoderClient(options =>
        {
            options.BaseAddress = coder.Address;
            options.SessionToken = coder.Options.Token;
        });
        services.AddFleet();
        return services.BuildServiceProvider();
    }

    private static int Read(string[] args, string name, int standard)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : standard;
    }
}
