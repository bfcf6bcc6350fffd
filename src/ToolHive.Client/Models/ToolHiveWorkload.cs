using System.Collections.ObjectModel;

namespace ToolHive.Client.Models;

/// <summary>An MCP server that can be connected to, the same for ToolHive's API and for Kubernetes.</summary>
public sealed record ToolHiveWorkload
{
    /// <summary>Its name; unique together with <see cref="Namespace"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Kubernetes namespace; null outside Kubernetes.</summary>
    public string? Namespace { get; init; }

    /// <summary>What identifies it: the name, or namespace and name with a slash.</summary>
    public string Key => Namespace is null ? Name : $"{Namespace}/{Name}";

    /// <summary>Kubernetes kind, such as <c>MCPServer</c>; null outside Kubernetes.</summary>
    public string? Kind { get; init; }

    /// <summary>Address to connect to, as ToolHive gives it (fragment included); null while there is none.</summary>
    public string? Url { get; init; }

    /// <summary>Transport to connect with: streamable HTTP or SSE.</summary>
    public McpTransport Transport { get; init; }

    /// <summary>What it is doing, in ToolHive's words; Kubernetes phases are translated.</summary>
    public WorkloadStatus Status { get; init; }

    /// <summary>Why it does that; in Kubernetes the phase and message.</summary>
    public string? StatusContext { get; init; }

    /// <summary>Group it belongs to.</summary>
    public string Group { get => field ?? "default"; init; }

    /// <summary>Container image, or address of the remote server; null when it could not be learnt (see <see cref="IdentifierProblem"/>).</summary>
    public string? Identifier { get; init; }

    /// <summary>Why <see cref="Identifier"/> is null.</summary>
    public string? IdentifierProblem { get; init; }

    /// <summary>True when the server runs elsewhere and is only proxied.</summary>
    public bool IsRemote { get; init; }

    /// <summary>True for a virtual MCP server, which stands for all servers of its group.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Names of the tools that its proxy lets through; empty means all.</summary>
    public IReadOnlyList<string> ToolFilter { get => field ?? []; init; }

    /// <summary>Headers that go with every request to <see cref="Url"/>; only a remote server that is reached without a proxy has some. May be secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>True when it can be connected to now: it runs, and its address is an http or https URL.</summary>
    public bool IsRunning => Status.IsRunning && IsAddress(Url);

    /// <summary>Whether another observation says the same; lists, labels and headers are compared by content.</summary>
    public bool IsSameAs(ToolHiveWorkload? other) =>
        other is not null
        && WithoutLists(this) == WithoutLists(other)
        && ToolFilter.SequenceEqual(other.ToolFilter, StringComparer.Ordinal)
        && HasSame(Labels, other.Labels)
        && HasSame(Headers, other.Headers);

    /// <summary>Whether a text is an address that can be connected to.</summary>
    internal static bool IsAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    private static bool HasSame(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out string? value) && value == entry.Value);

    // Records compare lists by reference.
    private static ToolHiveWorkload WithoutLists(ToolHiveWorkload workload) => workload with { Labels = null!, ToolFilter = null!, Headers = null! };
}
