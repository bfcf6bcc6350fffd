using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Workloads;

/// <summary>One element of ToolHive's workload list: a running or stopped MCP server and the local proxy in front of it.</summary>
public sealed record Workload
{
    /// <summary>Name, unique in one ToolHive.</summary>
    public string? Name { get; init; }

    /// <summary>Container image; the literal <c>remote</c> for a remote workload.</summary>
    public string? Package { get; init; }

    /// <summary>Address of the local proxy, the one MCP clients connect to. SSE addresses end with <c>#name</c>.</summary>
    public string? Url { get; init; }

    /// <summary>Port of the local proxy.</summary>
    public int? Port { get; init; }

    /// <summary>Transport that the server itself speaks; empty when only a status file is left of the workload.</summary>
    public McpTransport TransportType { get; init; }

    /// <summary>Transport that clients must use with <see cref="Url"/>.</summary>
    public McpTransport ProxyMode { get; init; }

    /// <summary>What the workload is doing.</summary>
    public WorkloadStatus Status { get; init; }

    /// <summary>Why it does that, when ToolHive says so.</summary>
    public string? StatusContext { get; init; }

    /// <summary>When it was created (UTC); null when ToolHive sends its zero time.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last started (UTC); null when it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Labels the user gave it.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Group it belongs to; null means <c>default</c>.</summary>
    public string? Group { get; init; }

    /// <summary>Names of the tools that the proxy lets through; empty means all. Not the tool list.</summary>
    public IReadOnlyList<string> Tools { get => field ?? []; init; }

    /// <summary>True when the server runs elsewhere and ToolHive only proxies it.</summary>
    public bool Remote { get; init; }
}
