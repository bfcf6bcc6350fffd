using System.Diagnostics;
using System.Globalization;
using Shared.Git;

namespace Benchmarks.Metadata;

/// <summary>
/// The metadata server under load on a repository of 10,000 commits: one client alone, many at once, and beside them what the same facts cost with five git
/// processes one after another. Then many requests on end, watching memory, handles and processes.
/// </summary>
internal sealed class MetadataLoadBenchmark : IBenchmark
{
    public string Name => "metadata-load";

    public string Description =>
        "/metadata alone and with 100 clients on 10,000 commits, beside five git processes: [--requests 100000] [--commits 10000] [--clients 100]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int requests = Option(args, "--requests", 100_000);
        int clients = Option(args, "--clients", 100);
        int commits = Option(args, "--commits", 10_000);
        using GitSandbox git = new();
        git.ImportCommits(commits);
        await using MetadataServer server = await MetadataServer.StartAsync(git.FullPath, cancellationToken);
        Console.WriteLine($"repository of {commits} commits; load average {LoadAverage()}");

        await server.RequestAsync(1, 50, cancellationToken);
        Print("five git processes", Latencies.Of(FiveProcesses(git.FullPath, 200)));
        Print("/metadata, 1 client", await server.RequestAsync(1, 500, cancellationToken));
        Print($"/metadata, {clients} clients", await server.RequestAsync(clients, clients * 50, cancellationToken));

        ResourceUse before = await MetadataServer.MeasureAsync();
        long started = Stopwatch.GetTimestamp();
        Latencies endurance = await server.RequestAsync(clients, requests, cancellationToken);
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        Print($"/metadata, {requests} requests", endurance);
        ResourceUse after = await MetadataServer.MeasureAsync();
        Console.WriteLine($"{requests / duration.TotalSeconds:F0} requests/s; errors {endurance.Errors}; load average {LoadAverage()}");
        Console.WriteLine($"before: {before}");
        Console.WriteLine($"after:  {after}");
        return endurance.Errors == 0 ? 0 : 1;
    }

    // What a reader of the same facts would run: branch, hash, message, status, remote.
    private static IEnumerable<double> FiveProcesses(string folder, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            long started = Stopwatch.GetTimestamp();
            GitSandbox.RunIn(folder, null, "rev-parse", "--abbrev-ref", "HEAD");
            GitSandbox.RunIn(folder, null, "rev-parse", "--short", "HEAD");
            GitSandbox.RunIn(folder, null, "log", "-1", "--pretty=%B");
            GitSandbox.RunIn(folder, null, "status", "--porcelain");
            GitSandbox.RunIn(folder, null, "config", "--get", "core.bare");
            yield return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    private static void Print(string what, Latencies latencies) => Console.WriteLine($"{what,-32} {latencies}");

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    private static int Option(string[] args, string name, int fallback)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
    }
}
