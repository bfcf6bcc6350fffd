using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Tests;

/// <summary>The tools of the hosts under test.</summary>
[McpServerToolType]
public sealed class EchoTools(Gate gate)
{
    [McpServerTool(Name = "echo", ReadOnly = true)]
    [Description("Returns the text.")]
    public static string Echo(string text) => text;

    [McpServerTool(Name = "who", ReadOnly = true)]
    [Description("Returns profile and subject of the request.")]
    public static string Who() => $"{McpRequestContext.Current.Profile ?? "-"}/{McpRequestContext.Current.Subject ?? "-"}";

    [McpServerTool(Name = "count", ReadOnly = true)]
    [Description("Reports progress, then returns how often, when the test opens the gate.")]
    public async Task<int> CountAsync(RequestContext<CallToolRequestParams> context, int steps, CancellationToken cancellationToken)
    {
        for (int step = 1; step <= steps; step++)
        {
            ProgressNotificationParams progress = new()
            {
                ProgressToken = context.Params!.ProgressToken!.Value,
                Progress = new() { Progress = step, Total = steps },
            };
            await context.Server.SendNotificationAsync(NotificationMethods.ProgressNotification, progress, cancellationToken: cancellationToken);
        }

        await gate.Opened.Task.WaitAsync(cancellationToken);
        return steps;
    }

    [McpServerTool(Name = "ask")]
    [Description("Asks the user and returns what they did.")]
    public static async Task<string> AskAsync(McpServer server, CancellationToken cancellationToken) =>
        (await server.ElicitAsync(new ElicitRequestParams { Message = "Go on?", RequestedSchema = new() }, cancellationToken)).Action;

    [McpServerTool(Name = "wait", ReadOnly = true)]
    [Description("Returns when the test opens the gate.")]
    public async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        gate.Entered.TrySetResult();
        try
        {
            await gate.Opened.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Cancelled.TrySetResult();
            throw;
        }

        return "through";
    }
}
