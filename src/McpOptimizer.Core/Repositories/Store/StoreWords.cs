using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The words the tables use for states and transports.</summary>
internal static class StoreWords
{
    public static string Write(ServerStatus status) => status switch
    {
        ServerStatus.Running => "running",
        ServerStatus.Error => "error",
        _ => "stopped",
    };

    public static ServerStatus ReadStatus(string word) => word switch
    {
        "running" => ServerStatus.Running,
        "error" => ServerStatus.Error,
        _ => ServerStatus.Stopped,
    };

    public static string Write(TransportKind transport) => transport switch
    {
        TransportKind.Stdio => "stdio",
        TransportKind.StreamableHttp => "streamable-http",
        TransportKind.Sse => "sse",
        _ => "unknown",
    };

    public static TransportKind ReadTransport(string word) => word switch
    {
        "stdio" => TransportKind.Stdio,
        "streamable-http" => TransportKind.StreamableHttp,
        "sse" => TransportKind.Sse,
        _ => TransportKind.Unknown,
    };
}
