using System.Text;
using McpOptimizer.Core.Services.Ingestion;
using Microsoft.Extensions.Logging;
using ToolHive.Client;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;

namespace McpOptimizer.Core.Services.Install;

/// <summary>Installs and removes through ToolHive; the new server's tools are taken in as soon as it runs.</summary>
internal sealed partial class ServerInstallService(IEnumerable<IInstallService> installers, IEnumerable<IWorkloadService> workloads, IIngestionService ingestion, PollingSignal polling, ILogger<ServerInstallService> logger) : IServerInstallService
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    public async Task<InstallResult> InstallAsync(string serverName, CancellationToken cancellationToken = default)
    {
        if (installers.LastOrDefault() is not { } installer)
        {
            return NoToolHive("Installing");
        }

        try
        {
            RunOutcome? outcome = await installer.RunAsync(new RunServerRequest { ServerName = serverName }, cancellationToken).ConfigureAwait(false);
            return outcome is null
                ? new InstallResult($"The registry has no server '{serverName}'. Use search_registry to find its name.", true)
                : Describe(outcome, installer);
        }
        catch (Exception e) when (e is ToolHiveApiException or ToolHiveUnavailableException or ArgumentException)
        {
            return new InstallResult($"Installing '{serverName}' failed: {e.Message}", true);
        }
    }

    public async Task<InstallResult> UninstallAsync(string serverName, CancellationToken cancellationToken = default)
    {
        if (workloads.LastOrDefault() is not { } workload)
        {
            return NoToolHive("Removing");
        }

        try
        {
            bool isGone = await workload.RemoveAsync(serverName, cancellationToken).ConfigureAwait(false);
            await ingestion.ForgetAsync(serverName, cancellationToken).ConfigureAwait(false);
            return new InstallResult(isGone ? $"'{serverName}' is removed." : $"'{serverName}' is being removed; its tools are not found any more.", false);
        }
        catch (KeyNotFoundException)
        {
            return new InstallResult($"'{serverName}' is not run by ToolHive, so it cannot be removed from here; take it out of the file that lists it.", true);
        }
        catch (Exception e) when (e is ToolHiveApiException or ToolHiveUnavailableException or ArgumentException)
        {
            return new InstallResult($"Removing '{serverName}' failed: {e.Message}", true);
        }
    }

    private static InstallResult NoToolHive(string action) => new($"{action} servers needs ToolHive, and none is configured here.", true);

    private InstallResult Describe(RunOutcome outcome, IInstallService installer)
    {
        switch (outcome.Status)
        {
            case RunStatus.AlreadyRunning:
                return new InstallResult($"'{outcome.Plan.ServerName}' runs already as '{outcome.WorkloadName}'. Use find_tool to find its tools.", false);
            case RunStatus.MissingSettings:
                return new InstallResult(DescribeMissing(outcome.Plan), false);
            case RunStatus.NameTaken:
                return new InstallResult($"A workload named '{outcome.Plan.WorkloadName}' exists already; remove or start it in ToolHive.", true);
            default:
                string name = outcome.WorkloadName ?? outcome.Plan.WorkloadName;
                _ = TakeInWhenRunningAsync(installer, name);
                string port = outcome.Port is null ? "" : $" on port {outcome.Port}";
                return new InstallResult($"'{outcome.Plan.ServerName}' is installed as '{name}'{port} and starting. Its tools are found by find_tool as soon as it runs, mostly within a minute or two.", false);
        }
    }

    private static string DescribeMissing(RunPlan plan)
    {
        StringBuilder text = new($"'{plan.ServerName}' needs settings before it can be installed:");
        foreach (ServerSetting setting in plan.Missing)
        {
            text.Append($"\n- {setting.Name} ({setting.Kind}{(setting.IsSecret ? ", secret" : "")}). {setting.Description ?? "No description."}");
            if (setting.Choices.Count > 0)
            {
                text.Append($" One of: {string.Join(", ", setting.Choices)}.");
            }
        }

        return text.Append("\nAsk the user to install it in the ToolHive UI or with thv, where secrets can be entered safely.").ToString();
    }

    // Looks at the one new workload often, so that its tools are there within a second or two of its start.
    private async Task TakeInWhenRunningAsync(IInstallService installer, string workloadName)
    {
        try
        {
            ToolHiveWorkload? workload = await installer.WaitUntilRunningAsync(workloadName, LongestStart).ConfigureAwait(false);
            string status = workload?.Status.ToString() ?? "gone";
            LogStarted(workloadName, status);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            LogNotWatched(workloadName, e.Message);
        }

        polling.LookAtAll();
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "Installed workload {Name} is {Status}.")]
    private partial void LogStarted(string name, string status);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "Waiting for workload {Name} to run was given up; the next poll finds it: {Reason}")]
    private partial void LogNotWatched(string name, string reason);
}
