using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tools;
using McpOptimizer.Server.Status;

namespace McpOptimizer.Server.Cli;

/// <summary><c>doctor</c>: what is wrong with the catalogue, and what would help.</summary>
internal static class DoctorCommand
{
    private const int MostShown = 10;

    public static Command Create(CommonOptions common)
    {
        Option<bool> all = new("--all") { Description = $"Every finding, not only the first {MostShown} of a kind." };
        Option<bool> stored = StoredOption.Create();
        Command command = new(
            "doctor",
            "Examines the catalogue: tools that their own purpose does not find, pairs that are confused, schemas that are too large or not valid, names that are too long, texts that are missing. "
            + "Each tool is asked for by the first sentence of its description without its name (by its name in words where it has none). "
            + "Exit code 0 without errors, whatever the warnings; 3 when there is a finding of severity error.")
        {
            common.Json, all, stored,
        };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            bool isStored = result.GetValue(stored);
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { Stored = isStored, ReadOnly = true },
                async (running, token) => await ShowAsync(
                    settings,
                    await Waiting.ForAsync("The running optimizer examines the catalogue", () => running.GetAsync("/api/doctor", token)),
                    await ServersCommand.ReadAsync(running, token),
                    result.GetValue(all)),
                async (services, _, token) =>
                {
                    DoctorReport report = await Waiting.WithBarAsync("Examining", tell => services.GetRequiredService<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous, new Told(tell), token));
                    ServerList? servers = isStored ? null : await services.GetRequiredService<ServerStatusReader>().ReadAsync(token);
                    return await ShowAsync(settings, JsonElement.Parse(report.ToJson(), JsonText.Reading), servers, result.GetValue(all));
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(CommonSettings settings, JsonElement report, ServerList? servers, bool all)
    {
        if (settings.Json)
        {
            await Answer.WriteJsonAsync(WithServers(report, servers));
        }
        else
        {
            await Answer.WriteAsync(Describe(report, all));
            if (servers is not null)
            {
                await Problems.NoteAsync(servers);
            }
        }

        return report.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("severity").GetString() == "error") ? CliFaults.No : 0;
    }

    // The report, and which servers are not in it.
    private static string WithServers(JsonElement report, ServerList? servers) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in report.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        if (servers is not null)
        {
            writer.WritePropertyName("not_ready"u8);
            JsonSerializer.Serialize(writer, [.. servers.NotReady], StatusJson.Default.ServerRowArray);
        }

        writer.WriteEndObject();
    });

    private static string Describe(JsonElement report, bool all)
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{Number(report, "tools"):N0} tools of {Number(report, "servers"):N0} servers, {Number(report, "tokens"):N0} tokens"),
            string.Create(CultureInfo.InvariantCulture, $"found by their own purpose: {Number(report, "found_first"):N0} first, {Number(report, "found_among_five"):N0} among the first five"),
        ];
        foreach (var group in report.GetProperty("findings").EnumerateArray().GroupBy(finding => (Severity: Text(finding, "severity"), Code: Text(finding, "code"))))
        {
            lines.Add($"\n{group.Key.Severity}: {group.Key.Code} ({group.Count()})");
            foreach (JsonElement finding in all ? group : group.Take(MostShown))
            {
                lines.Add($"  {Text(finding, "tool")}: {Text(finding, "message")}");
                lines.AddRange(new[] { Text(finding, "suggestion"), Text(finding, "effect") }.OfType<string>().Select(text => "      " + text));
            }

            if (!all && group.Count() > MostShown)
            {
                lines.Add($"  … {group.Count() - MostShown} more; --all shows them");
            }
        }

        return string.Join('\n', lines);
    }

    private static long Number(JsonElement report, string name) => report.GetProperty(name).GetInt64();

    private static string? Text(JsonElement finding, string name) => finding.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private sealed class Told(Action<string, double> tell) : IProgress<DoctorProgress>
    {
        public void Report(DoctorProgress value) => tell(value.Step, (double)value.Done / Math.Max(1, value.Total));
    }
}
