using ToolHive.Client.Models;
using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Tools.Results;

/// <summary>One server; values of variables are left out on purpose.</summary>
internal sealed record ServerDetails
{
    public required ServerSummary Server { get; init; }

    public string? Image { get; init; }

    public string? RemoteUrl { get; init; }

    public string? CreatedAt { get; init; }

    public bool? NetworkIsolation { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public required IReadOnlyList<string> EnvironmentVariables { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }

    public IReadOnlyList<string>? ToolFilter { get; init; }

    public static ServerDetails From((ToolHiveWorkload Workload, WorkloadDetail Detail) found) => new()
    {
        Server = ServerSummary.From(found.Workload),
        Image = found.Workload.IsRemote ? null : found.Workload.Identifier,
        RemoteUrl = found.Workload.IsRemote ? found.Workload.Identifier : null,
        CreatedAt = found.Workload.CreatedAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        NetworkIsolation = found.Detail.NetworkIsolation,
        Arguments = found.Detail.CmdArguments,
        EnvironmentVariables = [.. found.Detail.EnvVars?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()],
        Secrets = [.. found.Detail.Secrets?.Select(secret => $"{secret.Name} as {secret.Target}") ?? []],
        ToolFilter = found.Detail.Tools,
    };
}
