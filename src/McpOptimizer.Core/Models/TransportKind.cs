namespace McpOptimizer.Core.Models;

/// <summary>How a backend MCP server is reached.</summary>
public enum TransportKind
{
    /// <summary>Not said: decided from the address (path <c>/sse</c> means SSE, anything else streamable HTTP).</summary>
    Unknown = 0,

    /// <summary>A child process that speaks over its standard streams.</summary>
    Stdio,

    /// <summary>MCP streamable HTTP, written <c>streamable-http</c>.</summary>
    StreamableHttp,

    /// <summary>The older HTTP + server-sent events transport, written <c>sse</c>.</summary>
    Sse,
}
