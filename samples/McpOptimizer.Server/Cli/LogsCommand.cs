using System.CommandLine;
using System.Text.Json;
using McpOptimizer.Server.Running;
using McpOptimizer.Server.Status;

namespace McpOptimizer.Server.Cli;

/// <summary><c>logs SERVER</c>: what a server wrote to its standard error.</summary>
internal static class LogsCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> server = new("server") { Description = "Name of the server." };
        Command command = new("logs", "Shows what a server wrote to its standard error, the last 200 lines: of the running optimizer, else of a start for this command.") { server, common.Json };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string name = result.GetValue(server)!;
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { ReadOnly = true, Server = name, Before = (services, token) => OneServerSource.RequireAsync(services, name, token) },
                async (running, token) => await ShowAsync(settings, await ReadAsync(running, name, token)),
                async (services, report, token) =>
                {
                    int code = await ShowAsync(settings, new ServerLines(name, services.GetRequiredService<ServerLogs>().Of(name)));
                    await Problems.NoteAsync(report.Problems);
                    return code;
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<ServerLines> ReadAsync(RunningOptimizer running, string server, CancellationToken cancellationToken) =>
        (await running.GetAsync($"{StatusApi.Logs}?server={Uri.EscapeDataString(server)}", cancellationToken)).Deserialize(StatusJson.Default.ServerLines)!;

    private static async Task<int> ShowAsync(CommonSettings settings, ServerLines lines)
    {
        if (settings.Json)
        {
            await Answer.WriteJsonAsync(JsonSerializer.Serialize(lines, StatusJson.Default.ServerLines));
        }
        else if (lines.Lines.Count > 0)
        {
            await Answer.WriteAsync(string.Join('\n', lines.Lines.Select(line => $"{line.At.ToLocalTime():HH:mm:ss}  {line.Text}")));
        }
        else
        {
            await Answer.NoteAsync($"{lines.Server} wrote nothing.");
        }

        return lines.Lines.Count > 0 ? 0 : CliFaults.No;
    }
}
