using ToolHive.Client.Models;

namespace ToolHive.Client.Tools.Results;

/// <summary>A server in a list.</summary>
internal sealed record ServerSummary
{
    public required string Name { get; init; }

    public required string Status { get; init; }

    public string? StatusContext { get; init; }

    public required string Group { get; init; }

    public string? Url { get; init; }

    public required string Transport { get; init; }

    public required bool Remote { get; init; }

    public static ServerSummary From(ToolHiveWorkload workload) => new()
    {
        Name = workload.Name,
        Status = workload.Status.ToString(),
        StatusContext = workload.StatusContext,
        Group = workload.Group,
        Url = workload.Url,
        Transport = workload.Transport.ToString(),
        Remote = workload.IsRemote,
    };
}
