using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmarks.Overhead;
using Benchmarks.Search;
using McpOptimizer.Core.Models;
using Shared.Backends;

namespace Benchmarks.Start;

/// <summary>
/// How long a client over standard input and output waits for its first answers when the optimizer has a stored catalogue of a thousand tools; with the size and
/// the memory of each way it can be built.
/// </summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Servers = 10;
    private const int Runs = 15;

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Description => "start to first answer over stdio with 1,000 stored tools [--program LABEL=PATH …]; without one, this build";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("start-");
        List<StubHttpBackend> backends = [];
        try
        {
            string servers = Path.Combine(folder.FullName, "servers.json");
            await File.WriteAllTextAsync(servers, new JsonObject { ["mcpServers"] = await EntriesAsync(backends) }.ToJsonString(), cancellationToken);
            Console.WriteLine("| build | size on disk | initialize p50 | p95 | first find_tool p50 | p95 | memory (RSS) after it |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach ((string label, string path) in Programs(args))
            {
                string database = Path.Combine(folder.FullName, label.Replace(' ', '-') + ".db");
                await RunToEndAsync(OptimizerProcess.StartInfo(folder.FullName, ["ingest", "--servers", servers, "--db", database], path), cancellationToken);
                List<StartRun> runs = [];
                for (int i = 0; i <= Runs; i++)
                {
                    StartRun run = await MeasureAsync(OptimizerProcess.StartInfo(folder.FullName, ["--stdio", "--servers", servers, "--db", database, "--log-level", "error"], path), cancellationToken);
                    if (i > 0)
                    {
                        // The first one reads the program from disk.
                        runs.Add(run);
                    }
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {label} | {SizeOf(path) / 1e6:0} MB | {At(runs, run => run.Initialized, 0.5)} | {At(runs, run => run.Initialized, 0.95)} | {At(runs, run => run.Found, 0.5)} | {At(runs, run => run.Found, 0.95)} | {runs.Average(run => run.MemoryBytes) / 1e6:0} MB |"));
            }

            return 0;
        }
        finally
        {
            foreach (StubHttpBackend backend in backends)
            {
                await backend.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonObject> EntriesAsync(List<StubHttpBackend> backends)
    {
        SyntheticCatalogue catalogue = new(8);
        JsonObject entries = [];
        for (int number = 0; number < Servers; number++)
        {
            ServerDocument server = catalogue.Server(number, 100 - StubServer.BuiltInTools);
            StubHttpBackend backend = await StubHttpBackend.StartAsync();
            JsonObject definitions = [];
            foreach (ToolDocument tool in server.Tools)
            {
                JsonObject definition = (JsonObject)JsonNode.Parse(tool.DefinitionJson.Span)!;
                string name = definition["name"]!.GetValue<string>();
                backend.Server.ExtraTools.Add(name);
                definitions[name] = definition;
            }

            backend.Server.Disguise = () => new JsonObject { ["tools"] = definitions.DeepClone() };
            backends.Add(backend);
            entries[$"server{number}"] = new JsonObject { ["type"] = "http", ["url"] = backend.Url.ToString() };
        }

        return entries;
    }

    private static IEnumerable<(string Label, string Path)> Programs(string[] args)
    {
        string[] named = [.. args.Index().Where(arg => arg.Index > 0 && args[arg.Index - 1] == "--program").Select(arg => arg.Item)];
        return named.Length == 0
            ? [("JIT", OptimizerServer.ProgramOf("McpOptimizer.Server"))]
            : named.Select(program => program.Split('=', 2)).Select(parts => (parts[0], Path.GetFullPath(parts[1])));
    }

    private static async Task RunToEndAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The first ingestion failed: {output}{await error}");
        }
    }

    private static async Task<StartRun> MeasureAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"start","version":"1"}}}""");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await process.StandardInput.FlushAsync(cancellationToken);
        await AnswerAsync(process, 1, cancellationToken);
        TimeSpan initialized = Stopwatch.GetElapsedTime(begun);
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"find_tool","arguments":{"tool_description":"archive an invoice of a customer"}}}""");
        await process.StandardInput.FlushAsync(cancellationToken);
        JsonElement found = await AnswerAsync(process, 2, cancellationToken);
        TimeSpan first = Stopwatch.GetElapsedTime(begun);
        if (found.GetProperty("result").GetProperty("structuredContent").GetProperty("tools").GetArrayLength() == 0)
        {
            throw new InvalidOperationException("Nothing was found: the catalogue was not stored.");
        }

        process.Refresh();
        long memory = process.WorkingSet64;
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new StartRun(initialized, first, memory);
    }

    private static async Task<JsonElement> AnswerAsync(Process process, int id, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            JsonElement message = JsonElement.Parse(line);
            if (message.TryGetProperty("id", out JsonElement answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt32() == id)
            {
                return message;
            }
        }

        throw new InvalidOperationException("The server ended before it answered.");
    }

    private static string At(List<StartRun> runs, Func<StartRun, TimeSpan> time, double share)
    {
        double[] sorted = [.. runs.Select(run => time(run).TotalMilliseconds).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[(int)Math.Round(share * (sorted.Length - 1))]:0} ms");
    }

    // What has to lie on a disk for it to run, without symbols and documentation; the shared runtime of a JIT build is not counted.
    private static long SizeOf(string path) => new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension is not (".pdb" or ".dbg" or ".xml") && !file.FullName.Contains("/runtimes/", StringComparison.Ordinal))
        .Sum(file => file.Length);
}
