using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Server.Running;
using McpOptimizer.Server.Status;

namespace McpOptimizer.Server.Cli;

/// <summary><c>servers</c>: how each server stands, and why one does not work.</summary>
internal static class ServersCommand
{
    private const int WidestName = 40;

    public static Command Create(CommonOptions common)
    {
        Command command = new("servers", "Lists the servers: state, tools, tokens, and why one does not work. Exit code 3 when one does not.") { common.Json };
        command.Aliases.Add("status");
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { ReadOnly = true },
                async (running, token) => await ShowAsync(settings, await ReadAsync(running, token)),
                async (services, _, token) => await ShowAsync(settings, await services.GetRequiredService<ServerStatusReader>().ReadAsync(token)),
                cancellationToken);
        });
        return command;
    }

    /// <summary>Asks the optimizer that runs.</summary>
    public static async Task<ServerList> ReadAsync(RunningOptimizer running, CancellationToken cancellationToken) =>
        (await running.GetAsync(StatusApi.Servers, cancellationToken)).Deserialize(StatusJson.Default.ServerList)!;

    private static async Task<int> ShowAsync(CommonSettings settings, ServerList list)
    {
        if (settings.Json)
        {
            await Answer.WriteJsonAsync(JsonSerializer.Serialize(list, StatusJson.Default.ServerList));
        }
        else
        {
            int width = Math.Min(WidestName, list.Servers.Select(server => server.Name.Length).DefaultIfEmpty(0).Max());
            await Answer.WriteAsync(list.Servers.Count == 0 ? "There are no servers." : string.Join('\n', list.Servers.Select(server => Line(server, width))));
            await Problems.NoteAsync(list.Problems);
        }

        return list.NotReady.Any() ? CliFaults.No : 0;
    }

    private static string Line(ServerRow server, int width)
    {
        string tools = string.Create(CultureInfo.InvariantCulture, $"{server.Tools,5:N0} tools {server.Tokens,9:N0} tokens");
        string again = server.NextTry is { } at ? $" (tried again at {at.ToLocalTime():HH:mm:ss})" : "";
        return $"{server.Name.PadRight(width)}  {server.State,-8}  {tools}{(server.Error is null ? "" : $"  {server.Error.ReplaceLineEndings(" ")}{again}")}";
    }
}
