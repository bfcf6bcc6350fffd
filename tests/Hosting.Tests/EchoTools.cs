using System.ComponentModel;
using ModelContextProtocol;
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
    [Description("Reports progress, then returns how often.")]
    public static int Count(IProgress<ProgressNotificationValue> progress, int steps)
    {
        for (int step = 1; step <= steps; step++)
        {
            progress.Report(new ProgressNotificationValue { Progress = step, Total = steps });
        }

        return steps;
    }

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
