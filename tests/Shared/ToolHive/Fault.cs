namespace Shared.ToolHive;

/// <summary>Something that goes wrong for some requests.</summary>
public sealed class Fault
{
    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; init; } = FaultKind.Status;

    /// <summary>Which requests: the path starts with this.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Only for this method; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>How often; -1 for ever.</summary>
    public int Times { get; set; } = -1;

    /// <summary>Delay before anything else happens.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Status of a <see cref="FaultKind.Status"/> or <see cref="FaultKind.Replace"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Text of the answer.</summary>
    public string Body { get; init; } = "Internal Server Error\n";

    /// <summary>Media type of the answer.</summary>
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>Headers of the answer.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>When set, requests wait for it before anything else happens.</summary>
    public Task? Gate { get; init; }
}
