using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>Tools that say something while they run.</summary>
[McpServerToolType]
internal sealed class ReportingTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging", ReadOnly = true)]
    [Description("Logs three times.")]
    public static async Task<string> LogAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        await SayAsync(context, "Tool execution started", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await SayAsync(context, "Tool processing data", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await SayAsync(context, "Tool execution completed", cancellationToken);
        return "Tool with logging executed successfully";
    }

    [McpServerTool(Name = "test_logging_tool", ReadOnly = true)]
    [Description("Logs once, where the request asked for it.")]
    public static async Task<string> LogOnceAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.JsonRpcRequest.Context?.LogLevel is not null)
        {
            await SayAsync(context, "Called", cancellationToken);
        }

        return "Logged where asked to";
    }

    [McpServerTool(Name = "test_tool_with_progress", ReadOnly = true)]
    [Description("Reports progress three times.")]
    public static async Task<string> ProgressAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        foreach (int progress in new[] { 0, 50, 100 })
        {
            if (context.Params?.ProgressToken is { } token)
            {
                ProgressNotificationParams parameters = new() { ProgressToken = token, Progress = new() { Progress = progress, Total = 100 } };
                await context.Server.SendNotificationAsync(NotificationMethods.ProgressNotification, parameters, cancellationToken: cancellationToken);
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return "Tool with progress executed successfully";
    }

    [McpServerTool(Name = "test_reconnection", ReadOnly = true)]
    [Description("Ends the response stream while it runs; the client fetches the rest.")]
    public static async Task<string> ReconnectAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        await context.EnablePollingAsync(TimeSpan.FromMilliseconds(500), cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        return "Reconnection test completed successfully";
    }

    private static Task SayAsync(RequestContext<CallToolRequestParams> context, string text, CancellationToken cancellationToken)
    {
        LoggingMessageNotificationParams parameters = new()
        {
            Level = LoggingLevel.Info,
            Logger = "conformance",
            Data = System.Text.Json.JsonSerializer.SerializeToElement(text),
        };
        return context.Server.SendNotificationAsync(NotificationMethods.LoggingMessageNotification, parameters, cancellationToken: cancellationToken);
    }
}
