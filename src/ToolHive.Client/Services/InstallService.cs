using System.Diagnostics;
using System.Net;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Services;

internal sealed class InstallService(RegistryRepository registry, WorkloadRepository workloads, TimeProvider clock) : IInstallService
{
    private const string DefaultRegistry = "default";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly WorkloadStatus[] Final =
        [WorkloadStatus.Running, WorkloadStatus.Error, WorkloadStatus.PolicyStopped, WorkloadStatus.Unauthenticated];

    public async Task<RunPlan?> PlanAsync(RunServerRequest request, CancellationToken cancellationToken = default) =>
        (await PrepareAsync(request, cancellationToken).ConfigureAwait(false))?.Plan;

    public async Task<RunOutcome?> RunAsync(RunServerRequest request, CancellationToken cancellationToken = default)
    {
        using Activity? activity = ToolHiveActivities.Start("toolhive.run_server");
        if (await PrepareAsync(request, cancellationToken).ConfigureAwait(false) is not var (server, plan, isTaken))
        {
            return null;
        }

        if (plan.RunningAs is not null)
        {
            return new RunOutcome { Status = RunStatus.AlreadyRunning, Plan = plan, WorkloadName = plan.RunningAs };
        }

        if (plan.Missing.Count > 0)
        {
            return new RunOutcome { Status = RunStatus.MissingSettings, Plan = plan };
        }

        if (isTaken)
        {
            return new RunOutcome { Status = RunStatus.NameTaken, Plan = plan };
        }

        try
        {
            WorkloadCreated created = await workloads.CreateAsync(CreateRequest(request, server, plan), cancellationToken).ConfigureAwait(false);
            string name = created.Name ?? plan.WorkloadName;
            ToolHiveWorkload? workload = request.WaitFor is { } patience
                ? await WaitUntilRunningAsync(name, patience, cancellationToken).ConfigureAwait(false)
                : null;
            return new RunOutcome { Status = RunStatus.Started, Plan = plan, WorkloadName = name, Port = created.Port, Workload = workload };
        }
        catch (ToolHiveApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            return new RunOutcome { Status = RunStatus.NameTaken, Plan = plan };
        }
    }

    public async Task<ToolHiveWorkload?> WaitUntilRunningAsync(string workloadName, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workloadName);
        long started = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            WorkloadStatus? status = await workloads.FindStatusAsync(workloadName, cancellationToken).ConfigureAwait(false);
            if ((status is { } word && Final.Contains(word)) || clock.GetElapsedTime(started) >= timeout)
            {
                WorkloadSnapshot snapshot = await workloads.ListAsync(cancellationToken).ConfigureAwait(false);
                return snapshot.Workloads.FirstOrDefault(workload => workload.Name == workloadName);
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private async Task<(RegistryServer Server, RunPlan Plan, bool IsTaken)?> PrepareAsync(RunServerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.ServerName);
        if (request.Name is not null)
        {
            WorkloadNames.ThrowIfIllegal(request.Name, nameof(request));
        }

        if (await registry.FindAsync(request.ServerName.Trim(), cancellationToken).ConfigureAwait(false) is not { } server)
        {
            return null;
        }

        WorkloadSnapshot present = await workloads.ListAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> names = [.. present.Workloads.Select(workload => workload.Name)];
        string? identifier = server is RemoteRegistryServer remote ? remote.Url : (server as ContainerRegistryServer)?.Image;
        IReadOnlyList<ServerSetting> settings = ServerSetting.ListOf(server);
        RunPlan plan = new()
        {
            ServerName = server.Name ?? request.ServerName.Trim(),
            WorkloadName = request.Name ?? FreeName(WorkloadNames.FromServerName(server.Name ?? request.ServerName), names),
            IsRemote = server is RemoteRegistryServer,
            Identifier = identifier,
            Missing = [.. settings.Where(setting => setting.IsRequired && setting.Default is null && !IsGiven(setting, request))],
            Optional = [.. settings.Where(setting => !(setting.IsRequired && setting.Default is null) && !IsGiven(setting, request))],
            RunningAs = request.Name is null ? RunningAs(present, server, identifier) : null,
        };
        return (server, plan, names.Contains(plan.WorkloadName));
    }

    private static CreateWorkloadRequest CreateRequest(RunServerRequest request, RegistryServer server, RunPlan plan)
    {
        HashSet<string> headers = server is RemoteRegistryServer remote ? [.. remote.Headers.Select(header => header.Name ?? "")] : [];
        HeaderForwarding forwarding = new()
        {
            AddPlaintextHeaders = request.Settings.Where(setting => headers.Contains(setting.Key)).ToDictionary(),
            AddHeadersFromSecret = request.Secrets.Where(secret => headers.Contains(secret.Key)).ToDictionary(),
        };
        Dictionary<string, string> environment = request.Settings.Where(setting => !headers.Contains(setting.Key)).ToDictionary();
        SecretReference[] secrets = [.. request.Secrets.Where(secret => !headers.Contains(secret.Key)).Select(
            secret => new SecretReference { Name = secret.Value, Target = secret.Key })];
        return new CreateWorkloadRequest
        {
            Name = plan.WorkloadName,
            Registry = DefaultRegistry,
            Server = plan.ServerName,
            Group = request.Group,
            EnvVars = environment.Count > 0 ? environment : null,
            Secrets = secrets.Length > 0 ? secrets : null,
            HeaderForward = forwarding.AddPlaintextHeaders.Count + forwarding.AddHeadersFromSecret.Count > 0 ? forwarding : null,
        };
    }

    private static string? RunningAs(WorkloadSnapshot present, RegistryServer server, string? identifier) =>
        identifier is null
            ? null
            : present.Workloads.FirstOrDefault(
                workload => workload.Status.IsRunning && workload.IsRemote == server is RemoteRegistryServer && workload.Identifier == identifier)?.Name;

    private static bool IsGiven(ServerSetting setting, RunServerRequest request) =>
        request.Settings.ContainsKey(setting.Name) || request.Secrets.ContainsKey(setting.Name);

    private static string FreeName(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; taken.Contains(free); number++)
        {
            string suffix = $"-{number}";
            free = name[..Math.Min(name.Length, WorkloadNames.MaxLength - suffix.Length)] + suffix;
        }

        return free;
    }
}
