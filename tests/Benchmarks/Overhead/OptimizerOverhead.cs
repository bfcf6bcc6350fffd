using System.Diagnostics;
using System.Globalization;
using Benchmarks.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared.Backends;

namespace Benchmarks.Overhead;

/// <summary>
/// A backend called directly, through the least that can stand before it (a server and a client of the SDK), and through the running optimizer, in turns:
/// call_tool alone, and find_tool then call_tool.
/// </summary>
internal sealed class OptimizerOverhead : IBenchmark
{
    private const int Rounds = 5;
    private const int FirstOfOptimizer = 2;

    private static readonly string[] Ways = ["direct", "bare proxy", "call_tool", "find_tool + call_tool"];

    /// <inheritdoc/>
    public string Name => "overhead";

    /// <inheritdoc/>
    public string Description => "a stdio and an HTTP backend, directly and through the running optimizer, 1 and 16 clients [--calls 1000] [--tools 3000]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int calls = Number(args, "--calls", 1_000);
        await using StubHttpBackend others = await StubHttpBackend.StartAsync();
        foreach (string name in Names(Number(args, "--tools", 3_000)))
        {
            others.Server.ExtraTools.Add(name);
        }

        using EchoHostProcess http = await EchoHostProcess.StartAsync(cancellationToken: cancellationToken);
        Uri httpUrl = new(http.Address, "/mcp");
        string stdio = OptimizerServer.ProgramOf("StubBackend");
        using EchoHostProcess beforeHttp = await EchoHostProcess.StartAsync(httpUrl.AbsoluteUri, cancellationToken);
        using EchoHostProcess beforeStdio = await EchoHostProcess.StartAsync(stdio, cancellationToken);
        using OptimizerServer optimizer = await OptimizerServer.StartAsync(
            new Dictionary<string, object>
            {
                ["pipe"] = new { command = "dotnet", args = new[] { stdio } },
                ["web"] = new { url = httpUrl },
                ["others"] = new { url = others.Url },
            },
            cancellationToken);
        await using (McpClient first = await ConnectAsync(new Uri(optimizer.Address, "/mcp").AbsoluteUri, cancellationToken))
        {
            await WaitForServersAsync(first, cancellationToken);
        }

        Console.WriteLine("| backend | clients | way | p50 | p95 | p50 to direct | calls/s | optimizer's processor time a call |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (int clients in new[] { 1, 16 })
        {
            await MeasureAsync(new Backend("stdio", "pipe", stdio, beforeStdio), clients, calls, optimizer, cancellationToken);
            await MeasureAsync(new Backend("HTTP", "web", httpUrl.AbsoluteUri, beforeHttp), clients, calls, optimizer, cancellationToken);
        }

        return 0;
    }

    // Each client has a session of its own; called directly, a stdio backend then is one process a client.
    private static async Task MeasureAsync(Backend backend, int clients, int calls, OptimizerServer optimizer, CancellationToken cancellationToken)
    {
        List<McpClient> direct = [];
        List<McpClient> proxied = [];
        List<McpClient> through = [];
        try
        {
            for (int i = 0; i < clients; i++)
            {
                direct.Add(await ConnectAsync(backend.Server, cancellationToken));
                proxied.Add(await ConnectAsync(new Uri(backend.Proxy.Address, "/mcp").AbsoluteUri, cancellationToken));
                through.Add(await ConnectAsync(new Uri(optimizer.Address, "/mcp").AbsoluteUri, cancellationToken));
            }

            Func<int, Task>[] ways =
            [
                client => EchoAsync(direct[client], cancellationToken),
                client => EchoAsync(proxied[client], cancellationToken),
                client => CallAsync(through[client], backend.Entry, cancellationToken),
                async client =>
                {
                    await FindAsync(through[client], cancellationToken);
                    await CallAsync(through[client], backend.Entry, cancellationToken);
                },
            ];
            List<double>[] times = [[], [], [], []];
            double[] seconds = new double[ways.Length];
            double[] processor = new double[ways.Length];

            // In turns, so that a busy moment of the machine does not count for one way only; the first round warms up.
            for (int round = 0; round <= Rounds; round++)
            {
                for (int way = 0; way < ways.Length; way++)
                {
                    TimeSpan before = optimizer.ProcessorTime;
                    (double took, List<double> own) = await RunAsync(ways[way], clients, Math.Max(clients, calls / Rounds));
                    if (round > 0)
                    {
                        seconds[way] += took;
                        processor[way] += (optimizer.ProcessorTime - before).TotalMilliseconds;
                        times[way].AddRange(own);
                    }
                }
            }

            for (int way = 0; way < ways.Length; way++)
            {
                times[way].Sort();
                string own = way < FirstOfOptimizer ? "–" : string.Create(CultureInfo.InvariantCulture, $"{processor[way] / times[way].Count:0.00} ms");
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {backend.Name} | {clients} | {Ways[way]} | {At(times[way], 0.5):0.00} ms | {At(times[way], 0.95):0.00} ms | {At(times[way], 0.5) / At(times[0], 0.5):0.0}× | {times[way].Count / seconds[way]:0} | {own} |"));
            }
        }
        finally
        {
            foreach (McpClient client in direct.Concat(proxied).Concat(through))
            {
                await client.DisposeAsync();
            }
        }
    }

    private static async Task<(double Seconds, List<double> Times)> RunAsync(Func<int, Task> call, int clients, int calls)
    {
        int left = calls;
        List<double> all = [];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            List<double> own = [];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                long began = Stopwatch.GetTimestamp();
                await call(client);
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            lock (all)
            {
                all.AddRange(own);
            }
        })));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, all);
    }

    private static async Task EchoAsync(McpClient client, CancellationToken cancellationToken) =>
        Check(await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = EchoHost.Text }, cancellationToken: cancellationToken));

    private static async Task CallAsync(McpClient client, string server, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> parameters = new() { ["text"] = EchoHost.Text };
        Dictionary<string, object?> arguments = new() { ["server_name"] = server, ["tool_name"] = "echo", ["parameters"] = parameters };
        Check(await client.CallToolAsync("call_tool", arguments, cancellationToken: cancellationToken));
    }

    private static async Task FindAsync(McpClient client, CancellationToken cancellationToken)
    {
        CallToolResult found = await client.CallToolAsync("find_tool", new Dictionary<string, object?> { ["tool_description"] = "echo a text back to me" }, cancellationToken: cancellationToken);
        if (found.IsError == true || found.StructuredContent is null)
        {
            throw new InvalidOperationException("find_tool failed.");
        }
    }

    private static void Check(CallToolResult result)
    {
        if (result.IsError == true || !result.Content.OfType<TextContentBlock>().Any(block => block.Text.Contains(EchoHost.Text, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException("The echo is wrong: " + string.Join(' ', result.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        }
    }

    private static async Task WaitForServersAsync(McpClient client, CancellationToken cancellationToken)
    {
        foreach (string server in new[] { "pipe", "web", "others" })
        {
            Dictionary<string, object?> arguments = new() { ["server_name"] = server, ["limit"] = 1 };
            while ((await client.CallToolAsync("list_tools", arguments, cancellationToken: cancellationToken)).IsError == true)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> Names(int count)
    {
        string[] verbs = ["create", "list", "delete", "update", "search", "merge", "archive", "export", "rename", "watch"];
        string[] nouns = ["invoice", "branch", "ticket", "volume", "contact", "playlist", "shipment", "alert", "page", "policy"];
        return Enumerable.Range(0, count).Select(i => $"{verbs[i % 10]}_{nouns[i / 10 % 10]}_{i / 100}");
    }

    private static Task<McpClient> ConnectAsync(string server, CancellationToken cancellationToken) =>
        McpClient.CreateAsync(EchoHost.TransportTo(server), cancellationToken: cancellationToken);

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    // Its entry in the servers file, where it is reached directly, and the proxy before it.
    private sealed record Backend(string Name, string Entry, string Server, EchoHostProcess Proxy);
}
