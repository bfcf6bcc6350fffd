using System.Diagnostics;
using System.Globalization;
using Benchmarks.Overhead;
using Shared.Backends;

namespace Benchmarks.Soak;

/// <summary>The running optimizer over a long time: clients of both eras, edits of the servers file, backends that are killed and that forget their sessions.</summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private const int Windows = 10;
    private const int Pipes = 4;

    private static readonly string[] Eras = ["2025-11-25", "2025-11-25", "2025-11-25", "2026-07-28", "2026-07-28", "2026-07-28"];

    private static readonly TimeSpan EditEvery = TimeSpan.FromSeconds(5);
    // Each program lives for some minutes: one that dies several times within five is left alone for a while, which is another test's matter.
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromSeconds(11);

    public string Name => "soak";

    public string Description => "the running optimizer with edits and kills: errors, drift of p50 and p95, resident memory, handles, size of log and store [--minutes 10]";

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        double minutes = args is ["--minutes", string text] ? double.Parse(text, CultureInfo.InvariantCulture) : 10;
        TimeSpan window = TimeSpan.FromMinutes(minutes / Windows);
        await using StubHttpBackend web = await StubHttpBackend.StartAsync();
        using OptimizerServer server = await OptimizerServer.StartAsync(Servers(web, withExtra: false), cancellationToken);
        SoakTally tally = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] work =
        [
            .. Eras.Select((era, at) => Task.Run(() => new SoakClient(server.Address, era, at, Pipes, tally).RunAsync(stop.Token), CancellationToken.None)),
            EveryAsync(EditEvery, round => server.EditAsync(Servers(web, withExtra: round % 2 == 0), stop.Token), stop.Token),
            EveryAsync(KillEvery, round => KillOneAsync(server.Id, round), stop.Token),
            EveryAsync(ForgetEvery, _ => Task.Run(web.ForgetSessions), stop.Token),
        ];

        Console.WriteLine("| minute | requests | errors | p50 ms | p95 ms | resident MB | handles | log kB | store MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        List<SoakWindow> windows = [];
        for (int at = 1; at <= Windows && !cancellationToken.IsCancellationRequested; at++)
        {
            await Task.Delay(window, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            SoakWindow now = tally.Close(server);
            windows.Add(now);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {at * window.TotalMinutes:0.0} {now}"));
        }

        await stop.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Tell(windows, tally);
        return tally.Lost == 0 ? 0 : 1;
    }

    // The first window warms up: what drifts is told by the second and the last.
    private static void Tell(List<SoakWindow> windows, SoakTally tally)
    {
        if (windows.Count > 2)
        {
            (SoakWindow first, SoakWindow last) = (windows[1], windows[^1]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"\ndrift from the second window to the last: p50 {last.Median / first.Median:0.00}×, p95 {last.Late / first.Late:0.00}×, resident {last.ResidentMegabytes - first.ResidentMegabytes:+0;-0;0} MB, handles {last.Handles - first.Handles:+0;-0;0}"));
        }

        Console.WriteLine($"requests that failed although nothing was done to what they asked: {tally.Lost}");
        foreach ((string sentence, int count) in tally.Sentences)
        {
            Console.WriteLine($"  {count,6} {sentence}");
        }
    }

    private static Dictionary<string, object> Servers(StubHttpBackend web, bool withExtra)
    {
        string stub = OptimizerServer.ProgramOf("StubBackend");
        Dictionary<string, object> servers = Enumerable.Range(0, Pipes).ToDictionary(at => $"pipe{at}", object (_) => new { command = "dotnet", args = new[] { stub } });
        servers["web"] = new { url = web.Url };
        if (withExtra)
        {
            servers["extra"] = new { command = "dotnet", args = new[] { stub } };
        }

        return servers;
    }

    private static async Task EveryAsync(TimeSpan interval, Func<int, Task> act, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(interval);
        for (int round = 0; await timer.WaitForNextTickAsync(cancellationToken); round++)
        {
            await act(round);
        }
    }

    // One of the optimizer's own children, as the kernel would when memory is short.
    private static Task KillOneAsync(int parent, int round)
    {
        int[] children = [.. Children(parent).Order()];
        if (children.Length > 0)
        {
            try
            {
                using Process child = Process.GetProcessById(children[round % children.Length]);
                child.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has just ended by itself.
            }
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> Children(int parent)
    {
        string file = $"/proc/{parent}/task/{parent}/children";
        IEnumerable<string> tasks = Directory.Exists($"/proc/{parent}/task") ? Directory.EnumerateDirectories($"/proc/{parent}/task").Select(task => Path.Combine(task, "children")) : [file];
        return tasks.Where(File.Exists).SelectMany(ReadNumbers);
    }

    private static IEnumerable<int> ReadNumbers(string file)
    {
        try
        {
            return File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // That thread is gone.
            return [];
        }
    }
}
