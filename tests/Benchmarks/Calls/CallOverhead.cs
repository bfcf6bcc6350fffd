using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Shared.Backends;

namespace Benchmarks.Calls;

/// <summary>What the way through the optimizer's call service costs against the SDK's client on the same server, side by side.</summary>
internal sealed class CallOverhead : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "call-overhead";

    /// <inheritdoc/>
    public string Description => "echo called directly and through the call service, over stdio and HTTP, 1 and 16 clients [--calls 2000]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        int calls = args is ["--calls", string count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 2_000;
        await using StubHttpBackend stub = await StubHttpBackend.StartAsync();
        string program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "StubBackend", new DirectoryInfo(AppContext.BaseDirectory).Name, "StubBackend.dll"));
        BackendEndpoint[] endpoints =
        [
            new() { ServerName = "stdio", Transport = TransportKind.Stdio, Command = "dotnet", Arguments = [program] },
            new() { ServerName = "http", Transport = TransportKind.StreamableHttp, Url = stub.Url },
        ];
        ServiceCollection services = new();
        services.AddSingleton<ICallTargetResolver>(new Targets(endpoints));
        services.AddMcpOptimizerCalls();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IToolCallService service = provider.GetRequiredService<IToolCallService>();
        Console.WriteLine("| transport | clients | direct p50 | direct p95 | service p50 | service p95 | direct calls/s | service calls/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (BackendEndpoint endpoint in endpoints)
        {
            IClientTransport transport = endpoint.Transport == TransportKind.Stdio
                ? new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [program] })
                : new HttpClientTransport(new HttpClientTransportOptions { Endpoint = endpoint.Url!, TransportMode = HttpTransportMode.StreamableHttp });
            await using McpClient client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
            Dictionary<string, object?> arguments = new() { ["text"] = "hello" };
            ToolCallRequest request = new() { ServerName = endpoint.ServerName, ToolName = "echo", Arguments = JsonElement.Parse("""{"text":"hello"}""") };
            foreach (int clients in new[] { 1, 16 })
            {
                Func<Task> direct = () => client.CallToolAsync("echo", arguments, cancellationToken: cancellationToken).AsTask();
                Func<Task> through = async () =>
                {
                    ToolCallOutcome outcome = await service.CallAsync(request, VisibilityScope.Everything, CallContext.None, cancellationToken);
                    if (outcome.Status != ToolCallStatus.Succeeded)
                    {
                        throw new InvalidOperationException(outcome.Result.ToJsonString());
                    }
                };
                await MeasureAsync(direct, clients, calls / 4);
                await MeasureAsync(through, clients, calls / 4);

                // In turns, so that a busy moment of the machine does not count for one side only.
                List<double> directTimes = [];
                List<double> serviceTimes = [];
                double directSeconds = 0;
                double serviceSeconds = 0;
                for (int round = 0; round < 4; round++)
                {
                    directSeconds += await MeasureAsync(direct, clients, calls / 4, directTimes);
                    serviceSeconds += await MeasureAsync(through, clients, calls / 4, serviceTimes);
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {endpoint.ServerName} | {clients} | {At(directTimes, 0.5)} | {At(directTimes, 0.95)} | {At(serviceTimes, 0.5)} | {At(serviceTimes, 0.95)} | {directTimes.Count / directSeconds:0} | {serviceTimes.Count / serviceSeconds:0} |"));
            }
        }

        return 0;
    }

    private static string At(List<double> milliseconds, double share)
    {
        milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds[(int)(share * (milliseconds.Count - 1))]:0.000} ms");
    }

    private static async Task<double> MeasureAsync(Func<Task> call, int clients, int calls, List<double>? times = null)
    {
        int left = calls;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                long began = Stopwatch.GetTimestamp();
                await call();
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            if (times is not null)
            {
                lock (times)
                {
                    times.AddRange(own);
                }
            }
        })));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Targets(BackendEndpoint[] endpoints) : ICallTargetResolver
    {
        private readonly Dictionary<string, CallTarget> _known = endpoints.ToDictionary(endpoint => endpoint.ServerName, endpoint => new CallTarget(
            new IndexedTool
            {
                Id = "echo",
                ServerId = endpoint.ServerName,
                ServerName = endpoint.ServerName,
                Name = "echo",
                DefinitionJson = Encoding.UTF8.GetBytes("""{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}}}"""),
                TokenCount = 20,
            },
            endpoint));

        public CallTargetResult Resolve(string? serverName, string toolName, VisibilityScope scope) => CallTargetResult.Found(_known[serverName!]);
    }
}
