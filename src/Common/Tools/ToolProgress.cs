using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Common.Tools;

/// <summary>Progress as notifications to the client that asked for it. Nobody waits for them.</summary>
internal sealed class ToolProgress(McpServer server, ProgressToken token) : IProgress<ProgressNotificationValue>
{
    public void Report(ProgressNotificationValue value) => _ = server.NotifyProgressAsync(token, value);
}
