using System.Collections.Concurrent;
using System.IO.Enumeration;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>Which workloads the sources list now, each name once, and where each is reached: calls and questions go by it, whatever is stored.</summary>
internal sealed partial class WorkloadList(
    WorkloadAsks asks, IBackendRepository backends, EndpointRepository endpoints, TrustMemory trust, IOptions<McpOptimizerOptions> options, ILogger<WorkloadList> logger)
{
    private readonly ConcurrentDictionary<string, ListedWorkload> _listed = new(StringComparer.Ordinal);

    /// <summary>The workload of a name.</summary>
    /// <exception cref="ArgumentException">No source lists it; the message names the nearest.</exception>
    public ListedWorkload Get(string serverName) => _listed.TryGetValue(serverName, out ListedWorkload? workload) ? workload
        : throw new ArgumentException($"No source lists a server named '{serverName}'.{NearestName.Hint(serverName, _listed.Keys)}", nameof(serverName));

    /// <summary>Takes over what the sources answered.</summary>
    /// <param name="answers">Of those that answered.</param>
    /// <param name="problems">Takes what is to be said of them.</param>
    /// <returns>What they list, without what is skipped, misnamed or another source's.</returns>
    public IReadOnlyList<ListedWorkload> Take(IReadOnlyList<SourceAnswer> answers, List<string> problems)
    {
        foreach (SourceAnswer answer in answers)
        {
            problems.AddRange(answer.Error is null ? answer.Listing!.Problems.Select(problem => $"{answer.Source}: {problem}") : [$"{answer.Source}: {answer.Error}"]);
        }

        List<ListedWorkload> workloads = Distinct(answers, problems);
        Remember(answers, workloads);
        return workloads;
    }

    /// <summary>Forgets a workload until a source lists it again.</summary>
    public void Remove(string name)
    {
        _listed.TryRemove(name, out _);
        asks.Retain(_listed.Keys.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a stored workload is gone for certain.</summary>
    /// <param name="server">The row.</param>
    /// <param name="answers">What the sources answered.</param>
    /// <param name="present">Names of all that they list.</param>
    public static bool IsGone(WorkloadServer server, IReadOnlyList<SourceAnswer> answers, HashSet<string> present) =>
        server.Source is not null
        && !present.Contains(server.Name)
        && answers.FirstOrDefault(answer => answer.Source == server.Source) is { IsCertain: true } answer
        && !answer.Listing!.UnreadableNames.Contains(server.Name);

    private List<ListedWorkload> Distinct(IReadOnlyList<SourceAnswer> answers, List<string> problems)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        HashSet<string> answered = [.. answers.Where(answer => answer.Listing is not null).Select(answer => answer.Source)];
        foreach ((string name, ListedWorkload listed) in _listed.Where(item => !answered.Contains(item.Value.Source)))
        {
            // Still that source's, until it says otherwise.
            owners[name] = listed.Source;
        }

        List<ListedWorkload> workloads = [];
        foreach (SourceAnswer answer in answers)
        {
            foreach (WorkloadDescriptor workload in answer.Listing?.Workloads ?? [])
            {
                if (NameFault(workload.Name) is { } fault)
                {
                    problems.Add($"{answer.Source}: {fault}");
                }
                else if (IsSkipped(workload.Name))
                {
                    LogSkipped(workload.Name);
                }
                else if (!owners.TryAdd(workload.Name, answer.Source))
                {
                    problems.Add($"{answer.Source}: the name '{VisibleText.Escape(workload.Name)}' is taken by {owners[workload.Name]}; rename one of them.");
                }
                else
                {
                    workloads.Add(new ListedWorkload(workload, answer.Source));
                }
            }
        }

        return workloads;
    }

    // Names are used exactly as they are given: what looks the same must be the same.
    private static string? NameFault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "a workload without a name is left out."
        : name.Trim().Length != name.Length ? $"the workload '{VisibleText.Escape(name)}' is left out: its name begins or ends with white space; rename it."
        : null;

    private bool IsSkipped(string name)
    {
        IEnumerable<string> patterns = options.Value.Ingestion.SkippedWorkloads is { Count: > 0 } configured ? configured : IngestionSettings.DefaultSkippedWorkloads;
        return patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    private void Remember(IReadOnlyList<SourceAnswer> answers, List<ListedWorkload> workloads)
    {
        foreach (ListedWorkload listed in workloads)
        {
            (WorkloadDescriptor workload, string source) = listed;
            _listed[workload.Name] = listed;
            trust.Meet(workload);
            if (workload.Endpoint is not null && workload.Status == ServerStatus.Running)
            {
                endpoints.Set(workload.Endpoint, source);
            }
        }

        HashSet<string> present = [.. workloads.Select(item => item.Workload.Name)];
        foreach (SourceAnswer answer in answers.Where(answer => answer.Listing is not null))
        {
            HashSet<string> running = [.. workloads.Where(item => item.Source == answer.Source && item.Workload is { Endpoint: not null, Status: ServerStatus.Running }).Select(item => item.Workload.Name)];
            running.UnionWith(answer.Listing!.UnreadableNames);
            endpoints.Retain(answer.Source, running);
            foreach ((string name, ListedWorkload listed) in _listed)
            {
                if (listed.Source == answer.Source && !present.Contains(name) && !answer.Listing.UnreadableNames.Contains(name))
                {
                    _listed.TryRemove(name, out _);
                }
            }
        }

        asks.Retain(_listed.Keys.ToHashSet(StringComparer.Ordinal));
        backends.Retain(endpoints.All);
    }

    [LoggerMessage(EventId = 204, Level = LogLevel.Debug, Message = "Workload {Name} is on the skip list.")]
    private partial void LogSkipped(string name);
}
