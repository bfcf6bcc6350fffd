using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Benchmarks.Disclosure;
using Evaluation;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;

namespace Benchmarks.Trust;

/// <summary>How often the scan for text that is aimed at models raises an alarm over ordinary tools, and how long it takes: <c>scan --set DIR [--set DIR …]</c>.</summary>
internal sealed class ScanBenchmark : IBenchmark
{
    public string Name => "scan";

    public string Description => "alarms of the scan of definitions over sets of ordinary tools --set DIR [--set DIR ...]";

    public Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        Console.WriteLine("| Set | Tools | High | Medium | Low | Tools/s |\n|---|---|---|---|---|---|");
        foreach (string folder in SetCatalogue.Folders(args))
        {
            byte[][] definitions = [.. EvaluationSet.LoadTools(folder).Select(Definition)];
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<TrustFinding>[] findings = [.. definitions.Select(definition => DefinitionScanner.Scan(definition))];
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            int Alarms(FindingSeverity severity) => findings.Count(found => found.Any(finding => finding.Severity == severity));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} | {definitions.Length:N0} | {Alarms(FindingSeverity.High)} | {Alarms(FindingSeverity.Medium)} | {Alarms(FindingSeverity.Low)} | {definitions.Length / seconds:N0} |"));
        }

        return Task.FromResult(0);
    }

    private static byte[] Definition(EvaluationTool tool) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["name"] = tool.Name,
        ["title"] = tool.Title,
        ["description"] = tool.Description,
        ["inputSchema"] = tool.InputSchema?.DeepClone(),
    }.ToJsonString());
}
