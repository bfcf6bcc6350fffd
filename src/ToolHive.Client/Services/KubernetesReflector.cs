using System.Net;
using Microsoft.Extensions.Logging;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Kubernetes;
using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Repositories;
using ToolHive.Client.Resilience;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Services;

/// <summary>
/// Keeps one kind in one scope up to date: lists, watches from where the listing stood, resumes a watch that ended from where it
/// stood, and lists again only when the server says that this is too long ago. What could not be read stays as it was.
/// </summary>
internal sealed partial class KubernetesReflector(
    KubernetesRepository resources,
    ResourceKind kind,
    string? scope,
    ToolHiveKubernetesOptions options,
    ToolHiveMetrics metrics,
    TimeProvider clock,
    ILogger logger)
{
    private readonly Lock _gate = new();
    private Dictionary<string, ToolHiveWorkload> _workloads = new(StringComparer.Ordinal);
    private IReadOnlyList<WorkloadProblem> _problems = [];
    private bool _hasListed;
    private bool _hasTried;

    /// <summary>True once the first listing ended, well or badly.</summary>
    public bool HasTried => Volatile.Read(ref _hasTried);

    /// <summary>What is known now.</summary>
    public (ToolHiveWorkload[] Workloads, WorkloadProblem[] Problems, bool IsComplete) Current
    {
        get
        {
            lock (_gate)
            {
                return ([.. _workloads.Values], [.. _problems], _hasListed && _problems.Count == 0);
            }
        }
    }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="changed">Called after every change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            try
            {
                ResourceList list = await resources.ListAsync(kind, scope, cancellationToken).ConfigureAwait(false);
                Replace(list);
                changed();
                failures = 0;
                if (list.IsKnown)
                {
                    await WatchAsync(list.ResourceVersion, changed, cancellationToken).ConfigureAwait(false);
                    metrics.WatchRestarted("expired");
                    continue;
                }

                // The kind may be installed later.
                await Task.Delay(options.MaxBackoff, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e)
            {
                Fail(e);
                changed();
                LogListFailed(kind.Kind, scope ?? "*", e.Message);
                await Task.Delay(Backoff.After(++failures, options.InitialBackoff, options.MaxBackoff), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Watches until the version has expired.</summary>
    private async Task WatchAsync(string? resourceVersion, Action changed, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            try
            {
                await foreach (ResourceChange change in resources.WatchAsync(kind, scope, resourceVersion, cancellationToken).ConfigureAwait(false))
                {
                    failures = 0;
                    resourceVersion = change.ResourceVersion ?? resourceVersion;
                    if (Apply(change))
                    {
                        changed();
                    }
                }

                metrics.WatchRestarted("ended");
            }
            catch (ToolHiveApiException e) when (e.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound)
            {
                return;
            }
            catch (HttpRequestException e)
            {
                metrics.WatchRestarted("failed");
                LogWatchFailed(kind.Kind, scope ?? "*", e.Message);
                failures++;
            }

            // A watch that the server ends at once, again and again, must not spin.
            TimeSpan pause = failures == 0 ? options.ChangeDelay : Backoff.After(failures, options.InitialBackoff, options.MaxBackoff);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Replace(ResourceList list)
    {
        Dictionary<string, ToolHiveWorkload> workloads = new(StringComparer.Ordinal);
        foreach (ToolHiveWorkload workload in list.Workloads)
        {
            workloads[workload.Key] = workload;
        }

        lock (_gate)
        {
            _workloads = workloads;
            _problems = [.. list.Problems.Select(reason => new WorkloadProblem { Reason = reason })];
            _hasListed = true;
            _hasTried = true;
        }
    }

    private bool Apply(ResourceChange change)
    {
        lock (_gate)
        {
            if (change.Key is null)
            {
                return false;
            }

            if (change.Workload is null)
            {
                return _workloads.Remove(change.Key);
            }

            bool isNews = !change.Workload.IsSameAs(_workloads.GetValueOrDefault(change.Key));
            _workloads[change.Key] = change.Workload;
            return isNews;
        }
    }

    private void Fail(HttpRequestException e)
    {
        string hint = scope is null && e.StatusCode == HttpStatusCode.Forbidden ? " Grant list and watch in the whole cluster, or set Namespaces." : "";
        lock (_gate)
        {
            _problems = [new WorkloadProblem { Reason = $"{kind.Kind}: {e.Message}{hint}" }];
            _hasTried = true;
        }
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "{Kind} in {Scope} could not be listed: {Reason}")]
    private partial void LogListFailed(string kind, string scope, string reason);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "The watch of {Kind} in {Scope} broke: {Reason}")]
    private partial void LogWatchFailed(string kind, string scope, string reason);
}
