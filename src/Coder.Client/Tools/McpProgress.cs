using Coder.Client.Models;
using ModelContextProtocol;

namespace Coder.Client.Tools;

/// <summary>Tells an MCP client how far an operation has come: seconds spent of seconds allowed.</summary>
internal sealed class McpProgress(IProgress<ProgressNotificationValue> client) : IProgress<AgentProgress>
{
    public void Report(AgentProgress value) => client.Report(new ProgressNotificationValue
    {
        Progress = (float)value.Elapsed.TotalSeconds,
        Total = (float?)value.Limit?.TotalSeconds,
        Message = value.Message,
    });
}
