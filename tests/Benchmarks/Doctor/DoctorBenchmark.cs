using System.Diagnostics;
using System.Globalization;
using Benchmarks.Disclosure;
using Evaluation;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Doctor;

/// <summary>How long the doctor takes over an evaluation set, and what it finds.</summary>
internal sealed class DoctorBenchmark : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "doctor";

    /// <inheritdoc/>
    public string Description => "examines evaluation sets and says how long it took --set DIR [--set DIR …] [--json]";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        Console.WriteLine("| set | tools | seconds | found first | among five | errors | warnings | errors with a measured cure | findings by kind |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (string folder in SetCatalogue.Folders(args))
        {
            EvaluationSet set = EvaluationSet.Load(folder);
            await using ServiceProvider provider = await SetCatalogue.LoadAsync(set, cancellationToken);
            Stopwatch watch = Stopwatch.StartNew();
            DoctorReport report = await provider.GetRequiredService<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous, cancellationToken: cancellationToken);
            string kinds = string.Join(", ", report.Findings.CountBy(finding => finding.Code).OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set.Name} | {report.Tools:N0} | {watch.Elapsed.TotalSeconds:0.0} | {report.FoundFirst:N0} | {report.FoundAmongFive:N0} | {Count(report, DoctorSeverity.Error)} | {Count(report, DoctorSeverity.Warning)} | {report.Findings.Count(finding => finding is { Severity: DoctorSeverity.Error, Effect: not null })} | {kinds} |"));
            if (args.Contains("--json"))
            {
                Console.WriteLine(DoctorAnswer.Write(report));
            }
        }

        return 0;
    }

    private static int Count(DoctorReport report, DoctorSeverity severity) => report.Findings.Count(finding => finding.Severity == severity);
}
