using System.Text.Json.Serialization;

namespace ToolHive.Client.Models;

/// <summary>How MCP messages travel. A word that is not known here is kept as it came.</summary>
/// <param name="Value">The word in lower case; null means that none was sent.</param>
[JsonConverter(typeof(McpTransportJsonConverter))]
public readonly record struct McpTransport(string? Value)
{
    /// <summary>Over the standard streams of a process.</summary>
    public static McpTransport Stdio { get; } = new("stdio");

    /// <summary>HTTP with server-sent events, the older transport.</summary>
    public static McpTransport Sse { get; } = new("sse");

    /// <summary>Streamable HTTP.</summary>
    public static McpTransport StreamableHttp { get; } = new("streamable-http");

    /// <summary>True when clients can connect with it over HTTP.</summary>
    public bool IsHttp => this == Sse || this == StreamableHttp;

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
