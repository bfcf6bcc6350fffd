using System.CommandLine;
using System.Text.Json;
using McpOptimizer.Server.Running;
using McpOptimizer.Server.Status;

namespace McpOptimizer.Server.Cli;

/// <summary><c>tools</c>: every visible tool, one a line, and the servers that have none because they did not start.</summary>
internal static class ToolsCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string?> server = new("--server") { Description = "Only the tools of this server.", HelpName = "NAME" };
        Option<bool> stored = StoredOption.Create();
        Command command = new("tools", "Lists every tool of every running server, with what its definition costs.") { server, common.Json, stored };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string? only = result.GetValue(server);
            bool isStored = result.GetValue(stored);
            return LocalOptimizer.AnswerAsync(
                settings,
                new LocalLook { Stored = isStored, ReadOnly = true },
                async (running, token) => await ShowAsync(settings, await ListAsync(running, only, token)),
                async (services, _, token) =>
                {
                    ServerStatusReader reader = services.GetRequiredService<ServerStatusReader>();
                    return await ShowAsync(settings, isStored ? reader.ListTools(only) : await reader.ReadToolsAsync(only, token));
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<ToolRows> ListAsync(RunningOptimizer running, string? server, CancellationToken cancellationToken)
    {
        string address = StatusApi.Tools + (server is null ? "" : $"?server={Uri.EscapeDataString(server)}");
        return (await running.GetAsync(address, cancellationToken)).Deserialize(StatusJson.Default.ToolRows)!;
    }

    private static async Task<int> ShowAsync(CommonSettings settings, ToolRows list)
    {
        if (settings.Json)
        {
            await Answer.WriteJsonAsync(JsonSerializer.Serialize(list, StatusJson.Default.ToolRows));
            return 0;
        }

        if (list.Tools.Count > 0)
        {
            await Answer.WriteAsync(string.Join('\n', list.Tools.Select(tool => $"{tool.Server}/{tool.Name}\t{tool.Tokens} tokens")));
        }

        await Problems.NoteAsync(list.NotReady);
        return 0;
    }
}
