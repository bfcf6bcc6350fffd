using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Audit;
using McpOptimizer.Server.Configuration;

namespace McpOptimizer.Server.Cli;

/// <summary><c>audit</c>: what the audit file says of past calls. Asks no server and needs none running.</summary>
internal static class AuditCommand
{
    private const string FileSetting = "McpOptimizer:Audit:File";

    public static Command Create(CommonOptions common)
    {
        Option<string?> file = new("--file") { Description = $"The audit file. Default: {FileSetting} of the settings.", HelpName = "PATH" };
        Option<string?> since = new("--since") { Description = "From when on: 15m, 2h, 7d, or a date with or without time (UTC).", HelpName = "TIME" };
        Option<string?> until = new("--until") { Description = "Until when, written in the same way.", HelpName = "TIME" };
        Option<string?> caller = new("--caller") { Description = "Who called; * stands for any text.", HelpName = "NAME" };
        Option<string?> server = new("--server") { Description = "The server; * stands for any text.", HelpName = "NAME" };
        Option<string?> tool = new("--tool") { Description = "The tool, prompt or resource; * stands for any text.", HelpName = "NAME" };
        Option<string?> outcome = new("--outcome") { Description = $"How it ended: {string.Join(", ", Enum.GetNames<ToolCallStatus>())}; 'failed' for all but Succeeded and InputRequired.", HelpName = "WORD" };
        Option<int> limit = new("--limit") { Description = "At most so many, the latest ones.", DefaultValueFactory = _ => 100, HelpName = "COUNT" };
        Command command = new("audit", "Shows past calls from the audit file. Exit code 3 when none fits.") { file, since, until, caller, server, tool, outcome, limit, common.Json };
        command.SetAction((result, _) => CliFaults.GuardAsync(common.Read(result).Json, async () =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            AuditFilter filter = new(
                ReadTime("--since", result.GetValue(since), now),
                ReadTime("--until", result.GetValue(until), now),
                result.GetValue(caller),
                result.GetValue(server),
                result.GetValue(tool),
                ReadOutcome(result.GetValue(outcome)));
            int most = result.GetValue(limit);
            if (most < 1)
            {
                throw new SettingException($"--limit is {most}; give 1 or more.");
            }

            return await ShowAsync(FindFile(result.GetValue(file)), filter, most, common.Read(result).Json);
        }));
        return command;
    }

    private static async Task<int> ShowAsync(string path, AuditFilter filter, int most, bool json)
    {
        AuditEntry[] entries;
        try
        {
            entries = [.. AuditLog.Read(path).Where(filter.Takes).TakeLast(most)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The audit file '{path}' cannot be read: {e.Message}");
        }

        if (json)
        {
            await Answer.WriteJsonAsync($"{{\"entries\":[{string.Join(',', entries.Select(entry => entry.Json))}]}}");
        }
        else if (entries.Length > 0)
        {
            await Answer.WriteAsync(string.Join('\n', entries.Select(Describe)));
        }

        return entries.Length > 0 ? 0 : CliFaults.No;
    }

    private static string Describe(AuditEntry entry) => entry.Call is not { } call
        ? $"{entry.At:yyyy-MM-dd HH:mm:ss}Z  {entry.Lost} calls before this could not be recorded"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.At:yyyy-MM-dd HH:mm:ss}Z  {call.Caller ?? "-",-16}  {(call.Method == "tools/call" ? "" : call.Method + " ")}{call.ServerName ?? "-"}/{call.ToolName ?? "-"}  {call.Status}{(call.Failure is { } failure ? $" ({failure})" : "")}  {call.Duration.TotalMilliseconds:0} ms  {call.ArgumentBytes}>{call.ResultBytes} bytes{(call.Cut ? " cut" : "")}");

    private static string FindFile(string? given)
    {
        string? path = given ?? Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory }).Configuration[FileSetting];
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new SettingException($"There is no audit file: {FileSetting} is not set (in the environment, McpOptimizer__Audit__File). Give --file PATH to read one.");
        }

        return File.Exists(path) || File.Exists(path + ".1") ? path : throw new SettingException($"There is no file '{path}' yet; it is made with the first call.");
    }

    private static DateTimeOffset? ReadTime(string flag, string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 100_000)
        {
            TimeSpan? ago = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                _ => null,
            };
            if (ago is { } span)
            {
                return now - span;
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : throw new SettingException($"{flag} is '{text}'; give 15m, 2h, 7d, or a date such as 2026-11-30 or 2026-11-30T08:00Z.");
    }

    private static Func<ToolCallStatus, bool>? ReadOutcome(string? word)
    {
        if (word is null)
        {
            return null;
        }

        if (word.Equals("failed", StringComparison.OrdinalIgnoreCase))
        {
            return status => status is not (ToolCallStatus.Succeeded or ToolCallStatus.InputRequired);
        }

        string[] names = Enum.GetNames<ToolCallStatus>();
        string? name = names.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            throw new SettingException($"--outcome is '{word}'; allowed: failed, {string.Join(", ", names)}.{NearestName.Hint(word, names)}");
        }

        ToolCallStatus wanted = Enum.Parse<ToolCallStatus>(name);
        return status => status == wanted;
    }

    /// <summary>What is to be shown; null for all. A note of lost calls belongs to every caller and server.</summary>
    private sealed record AuditFilter(DateTimeOffset? Since, DateTimeOffset? Until, string? Caller, string? Server, string? Tool, Func<ToolCallStatus, bool>? Outcome)
    {
        public bool Takes(AuditEntry entry) =>
            !(entry.At < Since) && !(entry.At > Until)
            && (entry.Call is not { } call || (Fits(Caller, call.Caller) && Fits(Server, call.ServerName) && Fits(Tool, call.ToolName) && Outcome?.Invoke(call.Status) != false));

        private static bool Fits(string? pattern, string? name) => pattern is null || (name is not null && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));
    }
}
