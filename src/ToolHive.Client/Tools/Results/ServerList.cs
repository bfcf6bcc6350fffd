using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Tools.Results;

/// <summary>Servers, with what could not be read.</summary>
internal sealed record ServerList
{
    public required IReadOnlyList<ServerSummary> Servers { get; init; }

    public required int Total { get; init; }

    public required bool Truncated { get; init; }

    public IReadOnlyList<string>? Problems { get; init; }

    public static ServerList From(WorkloadSnapshot snapshot, int limit) => new()
    {
        Servers = [.. snapshot.Workloads.Take(limit).Select(ServerSummary.From)],
        Total = snapshot.Workloads.Count,
        Truncated = snapshot.Workloads.Count > limit,
        Problems = snapshot.Problems.Count == 0
            ? null
            : [.. snapshot.Problems.Select(problem => problem.Name is null ? problem.Reason : $"{problem.Name}: {problem.Reason}")],
    };
}
