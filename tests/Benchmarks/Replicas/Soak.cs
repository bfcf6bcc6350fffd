using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using McpOptimizer.PostgreSql.Tests.Replicas;

namespace Benchmarks.Replicas;

/// <summary>Clients of both eras that find and call, while replicas are killed and started and a server comes and goes.</summary>
internal sealed class Soak(ReplicaSet replicas, string[] servers)
{
    private const int Clients = 50;

    // What was under way when a replica was killed fails when its connection does, or when the proxy has noticed.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(4);

    private readonly ConcurrentBag<(long From, long To, string Error)> _errors = [];
    private readonly ConcurrentBag<long> _kills = [];
    private readonly ConcurrentBag<string> _wrong = [];
    private long _finds;
    private long _calls;
    private int _sessions;

    /// <summary>Runs and prints what came of it.</summary>
    /// <returns>Whether all was as it has to be.</returns>
    public async Task<bool> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(duration);
        List<Task> clients = [.. Enumerable.Range(0, Clients).Select(i => ClientAsync(i, stop.Token))];
        Task killing = KillAsync(stop.Token);
        Task changing = ChangeAsync(stop.Token);
        await using Operator person = new(replicas, servers[0], "pid");
        Task deciding = person.RunAsync(stop.Token);
        await Task.WhenAll([.. clients, killing, changing, deciding]);
        long logged = await person.CountAsync();

        (long From, long To, string Error)[] unexcused = [.. _errors.Where(error => !_kills.Any(kill => kill <= error.To && error.From - kill < Aftermath.TotalSeconds * Stopwatch.Frequency))];
        Console.WriteLine($"soak: {duration.TotalSeconds:0} s, {Clients} clients, {_kills.Count} kills, {_finds} finds, {_calls} calls, {_sessions} sessions opened, "
            + $"{_wrong.Count} wrong answers, {_errors.Count} errors in flight at a kill, {unexcused.Length} other errors");
        person.Delays.Sort();
        Console.WriteLine($"decisions: {person.Decisions} made, {logged} in the log, on all replicas after p50 {person.Delays.ElementAtOrDefault(person.Delays.Count / 2):0} ms, p95 {person.Delays.ElementAtOrDefault((int)(person.Delays.Count * 0.95)):0} ms");
        foreach (string problem in _wrong.Concat(unexcused.Select(error => error.Error)).Take(10))
        {
            Console.WriteLine("  " + problem);
        }

        return _wrong.IsEmpty && unexcused.Length == 0 && logged == person.Decisions;
    }

    private async Task ClientAsync(int number, CancellationToken cancellationToken)
    {
        using SessionlessClient sessionless = new(replicas.Address);
        using SessionClient session = new(replicas.Address, (byte)(number + 1));
        Random random = new(number);
        Func<string, object, CancellationToken, Task<JsonNode>> ask = number % 2 == 0 ? sessionless.CallAsync : session.CallAsync;
        while (!cancellationToken.IsCancellationRequested)
        {
            long from = Stopwatch.GetTimestamp();
            try
            {
                string server = servers[random.Next(servers.Length)];
                JsonNode found = await ask("find_tool", new { tool_description = $"echo a text on {server}" }, cancellationToken);
                Interlocked.Increment(ref _finds);
                if (!found["structuredContent"]!["tools"]!.AsArray().Any(tool => tool!["name"]!.GetValue<string>() == "echo"))
                {
                    _wrong.Add($"find on {server}: {found.ToJsonString()}");
                }

                string text = $"{number}-{random.Next()}";
                JsonNode called = await ask("call_tool", new { server_name = server, tool_name = "echo", parameters = new { text } }, cancellationToken);
                Interlocked.Increment(ref _calls);
                if (called["isError"]?.GetValue<bool>() == true || !called.ToJsonString().Contains(text, StringComparison.Ordinal))
                {
                    _wrong.Add($"call of {server}/echo with {text}: {called.ToJsonString()}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                _errors.Add((from, Stopwatch.GetTimestamp(), $"{e.GetType().Name}: {e.Message[..Math.Min(200, e.Message.Length)]}"));
                await Task.Delay(100, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                // Over.
            }
        }

        Interlocked.Add(ref _sessions, session.Opened);
    }

    private async Task KillAsync(CancellationToken cancellationToken)
    {
        Random random = new(7);
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(12), cancellationToken);
                int victim = random.Next(replicas.Count);
                _kills.Add(Stopwatch.GetTimestamp());
                await replicas.KillAsync(victim);
                await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
                await replicas.StartAsync(victim);
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (bool isThere = true; ; isThere = !isThere)
            {
                replicas.SetServers(isThere ? [.. servers, "visitor"] : servers);
                await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }
}
