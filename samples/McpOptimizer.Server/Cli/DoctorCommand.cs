using System.CommandLine;
using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Server.Cli;

/// <summary><c>doctor</c>: what is wrong with the catalogue, and what would help.</summary>
internal static class DoctorCommand
{
    private const int MostShown = 10;

    public static Command Create(CommonOptions common)
    {
        Option<bool> json = new("--json") { Description = "The whole report as JSON." };
        Option<bool> all = new("--all") { Description = $"Every finding, not only the first {MostShown} of a kind." };
        Option<bool> stored = new("--stored") { Description = "Examine what is stored; ask no server." };
        Command command = new(
            "doctor",
            "Examines the catalogue: tools that their own purpose does not find, pairs that are confused, schemas that are too large or not valid, names that are too long, texts that are missing. "
            + "Each tool is asked for by the first sentence of its description without its name (by its name in words where it has none). "
            + "Exit code 0 without errors, whatever the warnings; 3 when there is a finding of severity error.")
        {
            json, all, stored,
        };
        command.SetAction((result, cancellationToken) => LocalOptimizer.ReadAsync(
            common.Read(result),
            result.GetValue(stored),
            async (services, _, token) =>
            {
                DoctorReport report = await services.GetRequiredService<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous, new ErrorProgress(), token);
                await Console.Out.WriteLineAsync(result.GetValue(json) ? report.ToJson() : Describe(report, result.GetValue(all)));
                return report.Findings.Any(finding => finding.Severity == DoctorSeverity.Error) ? 3 : 0;
            },
            cancellationToken));
        return command;
    }

    private static string Describe(DoctorReport report, bool all)
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{report.Tools:N0} tools of {report.Servers:N0} servers, {report.Tokens:N0} tokens"),
            string.Create(CultureInfo.InvariantCulture, $"found by their own purpose: {report.FoundFirst:N0} first, {report.FoundAmongFive:N0} among the first five"),
        ];
        foreach (IGrouping<(DoctorSeverity Severity, string Code), DoctorFinding> group in report.Findings.GroupBy(finding => (finding.Severity, finding.Code)))
        {
            lines.Add($"\n{group.Key.Severity.ToString().ToLowerInvariant()}: {group.Key.Code} ({group.Count()})");
            foreach (DoctorFinding finding in all ? group : group.Take(MostShown))
            {
                lines.Add($"  {finding.Tool}: {finding.Message}");
                lines.AddRange(new[] { finding.Suggestion, finding.Effect }.OfType<string>().Select(text => "      " + text));
            }

            if (!all && group.Count() > MostShown)
            {
                lines.Add($"  … {group.Count() - MostShown} more; --all shows them");
            }
        }

        return string.Join('\n', lines);
    }

    // On standard error, so that the report can be piped; one line a tenth.
    private sealed class ErrorProgress : IProgress<DoctorProgress>
    {
        private int _told;

        public void Report(DoctorProgress value)
        {
            int tenth = 10 * value.Done / Math.Max(1, value.Total);
            if (Interlocked.Exchange(ref _told, tenth) != tenth)
            {
                Console.Error.WriteLine($"{value.Step}: {value.Done} of {value.Total}");
            }
        }
    }
}
