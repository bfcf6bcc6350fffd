using ToolHive.Client.Models.Workloads;

namespace ToolHive.Client.Tools.Results;

/// <summary>What running a server did.</summary>
internal sealed record RunResult
{
    /// <summary><c>running</c>, <c>starting</c>, <c>already_running</c>, <c>missing_settings</c>, <c>name_taken</c>, or ToolHive's word for a
    /// failure.</summary>
    public required string Status { get; init; }

    public string? Name { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<SettingInfo>? MissingSettings { get; init; }

    public required string Message { get; init; }

    /// <exception cref="KeyNotFoundException">There is no such entry.</exception>
    public static RunResult From(string server, RunOutcome? outcome) => outcome switch
    {
        null => throw new KeyNotFoundException($"The registry has no server '{server}'. Find it with search_registry."),
        { Status: RunStatus.MissingSettings } => new RunResult
        {
            Status = "missing_settings",
            MissingSettings = [.. outcome.Plan.Missing.Select(SettingInfo.From)],
            Message = $"'{outcome.Plan.ServerName}' was not started: ask the user for "
                + $"{string.Join(", ", outcome.Plan.Missing.Select(setting => setting.Name))}.",
        },
        { Status: RunStatus.AlreadyRunning } =>
            new RunResult
            {
                Status = "already_running",
                Name = outcome.WorkloadName,
                Message = $"'{outcome.Plan.ServerName}' runs already as '{outcome.WorkloadName}'.",
            },
        { Status: RunStatus.NameTaken } =>
            new RunResult { Status = "name_taken", Message = $"There is a server named '{outcome.Plan.WorkloadName}' already: give another name." },
        _ => new RunResult
        {
            Status = outcome.Workload?.Status.ToString() ?? "starting",
            Name = outcome.WorkloadName,
            Url = outcome.Workload?.Url,
            Message = outcome.Workload is { IsRunning: true }
                ? $"'{outcome.WorkloadName}' is running."
                : $"'{outcome.WorkloadName}' was created, not running yet. {outcome.Workload?.StatusContext}".TrimEnd(),
        },
    };
}
