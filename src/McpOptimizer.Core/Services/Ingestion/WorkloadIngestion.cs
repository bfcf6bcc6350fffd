using System.Collections.Concurrent;
using System.IO.Enumeration;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// Looks at all workload sources: takes over at once what they say, asks every running server for its tools at the same time, and takes over the answers as
/// they come, so that a slow or broken server delays nobody.
/// </summary>
internal sealed partial class WorkloadIngestion(
    SourceLooks sources,
    WorkloadAsks asks,
    IBackendRepository backends,
    EndpointRepository endpoints,
    IOptimizerStore store,
    IStoreReplicas replicas,
    WorkloadPlanner planner,
    WorkloadWriter writer,
    PublishedServers published,
    TrustMemory trust,
    IngestionStatus status,
    IOptions<McpOptimizerOptions> options,
    ILogger<WorkloadIngestion> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, (WorkloadDescriptor Workload, string Source)> _listed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _said = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Looks at everything, and waits for all answers.</summary>
    public async Task<IngestionReport> RunAsync(CancellationToken cancellationToken = default)
    {
        status.Expected();
        Task<IngestionReport> answers = await LookAsync(patience: null, forceMatch: false, cancellationToken).ConfigureAwait(false);
        return await answers.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over what the sources say, and begins to ask the servers.</summary>
    /// <param name="patience">How long to wait for slow sources; null for as long as they take.</param>
    /// <param name="forceMatch">Whether registry entries are looked for whatever the policy says.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>What completes when every server has answered, well or badly.</returns>
    public async Task<Task<IngestionReport>> LookAsync(TimeSpan? patience, bool forceMatch, CancellationToken cancellationToken = default)
    {
        // One at a time: an older listing must not be taken over after a newer one.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<string> problems = [];
            IReadOnlyList<SourceAnswer> answers = await sources.AskAsync(patience, cancellationToken).ConfigureAwait(false);
            foreach (SourceAnswer answer in answers)
            {
                problems.AddRange(answer.Error is null ? answer.Listing!.Problems.Select(problem => $"{answer.Source}: {problem}") : [$"{answer.Source}: {answer.Error}"]);
            }

            List<(WorkloadDescriptor Workload, string Source)> workloads = Distinct(answers, problems);
            Remember(answers, workloads);
            List<Task<IngestionReport>> running = [];
            IngestionReport look = await TakeOverAsync(answers, workloads, running, problems, forceMatch, cancellationToken).ConfigureAwait(false);

            // A source that was too slow this time belongs to the first look too.
            bool isWhole = answers.Count == sources.Names.Count();
            return FinishAsync(look, running, isWhole);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Asks one listed server again.</summary>
    public async Task<IngestionReport> RunForAsync(string serverName, bool forceMatch, CancellationToken cancellationToken = default)
    {
        if (!_listed.TryGetValue(serverName, out (WorkloadDescriptor Workload, string Source) item))
        {
            throw new ArgumentException($"No source lists a server named '{serverName}'.{NearestName.Hint(serverName, _listed.Keys)}", nameof(serverName));
        }

        if (!await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await replicas.AskForLookAsync(serverName, cancellationToken).ConfigureAwait(false);
            return new IngestionReport { Seen = 1 };
        }

        // Known: what is asked for here is a second listing.
        WorkloadQuestion question = new(item.Workload, item.Source, forceMatch) { IsKnown = true };
        IngestionReport report = await asks.Start(question, isAfresh: true).WaitAsync(cancellationToken).ConfigureAwait(false);
        Tell(report.Problems, isLook: false);
        return report;
    }

    /// <summary>Deletes one server.</summary>
    public async Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default)
    {
        _listed.TryRemove(serverName, out _);
        asks.Retain(_listed.Keys.ToHashSet(StringComparer.Ordinal));
        if (!await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await replicas.AskForLookAsync(null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return await writer.DeleteAsync(server => server.Name == serverName, cancellationToken).ConfigureAwait(false) > 0;
    }

    private async Task<IngestionReport> TakeOverAsync(
        IReadOnlyList<SourceAnswer> answers, List<(WorkloadDescriptor Workload, string Source)> workloads, List<Task<IngestionReport>> running, List<string> problems,
        bool forceMatch, CancellationToken cancellationToken)
    {
        IngestionReport look = new() { Seen = workloads.Count };
        if (!await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            // Where the servers are is known now, for calls; what they have, the replica that takes them in stores for all.
            return look with { Problems = problems };
        }

        try
        {
            (Dictionary<string, WorkloadServer> stored, RegistryMatcher registry) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            Ask(workloads, stored, registry, forceMatch, running, problems);
            HashSet<string> present = [.. workloads.Select(item => item.Workload.Name)];
            int deleted = await writer.DeleteAsync(server => IsGone(server, answers, present), cancellationToken).ConfigureAwait(false);
            HashSet<string> configured = [.. sources.Names];
            int hidden = await writer.HideAsync(
                [.. stored.Values.Where(server => server.Source is not null && !configured.Contains(server.Source) && !present.Contains(server.Name) && server.Status != ServerStatus.Stopped)],
                cancellationToken).ConfigureAwait(false);
            return look with { Deleted = deleted, Changed = hidden, Problems = problems };
        }
        catch (OptimizerStoreException e)
        {
            // The servers are asked all the same: what they changed must not be found as if it had been judged.
            status.StoreFailed(e.Message);
            if (running.Count == 0)
            {
                Ask(workloads, [], new RegistryMatcher([]), forceMatch, running, problems);
            }

            return look with { Problems = [e.Message, .. problems] };
        }
    }

    private async Task<IngestionReport> FinishAsync(IngestionReport look, List<Task<IngestionReport>> running, bool isWhole)
    {
        try
        {
            IngestionReport[] answers = await Task.WhenAll(running).ConfigureAwait(false);
            IngestionReport report = answers.Aggregate(look, (sum, answer) => sum.Add(answer)) with { Seen = look.Seen };
            Tell(report.Problems, isLook: true);
            if (report.Changed + report.Deleted > 0)
            {
                LogDone(report.Seen, report.Changed, report.Deleted, report.Embedded);
            }

            MemoryRelease.AfterReading(report.Embedded);
            return report;
        }
        finally
        {
            if (isWhole)
            {
                status.FirstIngestionDone();
            }
        }
    }

    private List<(WorkloadDescriptor Workload, string Source)> Distinct(IReadOnlyList<SourceAnswer> answers, List<string> problems)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        HashSet<string> answered = [.. answers.Where(answer => answer.Listing is not null).Select(answer => answer.Source)];
        foreach ((string name, (_, string source)) in _listed.Where(item => !answered.Contains(item.Value.Source)))
        {
            // Still that source's, until it says otherwise.
            owners[name] = source;
        }

        List<(WorkloadDescriptor, string)> workloads = [];
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
                    workloads.Add((workload, answer.Source));
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

    private void Remember(IReadOnlyList<SourceAnswer> answers, List<(WorkloadDescriptor Workload, string Source)> workloads)
    {
        foreach ((WorkloadDescriptor workload, string source) in workloads)
        {
            _listed[workload.Name] = (workload, source);
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
            foreach ((string name, (_, string source)) in _listed)
            {
                if (source == answer.Source && !present.Contains(name) && !answer.Listing.UnreadableNames.Contains(name))
                {
                    _listed.TryRemove(name, out _);
                }
            }
        }

        asks.Retain(_listed.Keys.ToHashSet(StringComparer.Ordinal));
        backends.Retain(endpoints.All);
    }

    private void Ask(
        List<(WorkloadDescriptor Workload, string Source)> workloads, Dictionary<string, WorkloadServer> stored, RegistryMatcher registry, bool forceMatch,
        List<Task<IngestionReport>> running, List<string> problems)
    {
        // Those first that answered last time, and new ones.
        foreach ((WorkloadDescriptor workload, string source) in workloads.OrderBy(item => IsDoubtful(item.Workload.Name, stored)))
        {
            if (IsUnreadable(workload))
            {
                string problem = $"{VisibleText.Escape(workload.Name)}: its address could not be read; it is left as it was{(workload.Problem is null ? "" : $": {workload.Problem.TrimEnd('.')}")}.";
                status.Failed(source, problem);
                problems.Add(problem);
                continue;
            }

            WorkloadServer? existing = stored.GetValueOrDefault(workload.Name);
            running.Add(asks.Start(new WorkloadQuestion(workload, source, forceMatch)
            {
                IsKnown = existing?.ToolsHash is not null,
                IsAnsweredBy = input => existing is not null && published.IsCurrent(existing) && planner.IsUnchanged(input, existing, registry),
            }));
        }
    }

    private bool IsDoubtful(string name, Dictionary<string, WorkloadServer> stored) =>
        asks.HasFailed(name) || (stored.TryGetValue(name, out WorkloadServer? server) && (server.Status == ServerStatus.Error || server.ToolsHash is null));

    // A running remote workload whose address could not be learnt this time cannot be matched: next time, then.
    private static bool IsUnreadable(WorkloadDescriptor workload) => workload is { Identifier: null, Status: ServerStatus.Running };

    private static bool IsGone(WorkloadServer server, IReadOnlyList<SourceAnswer> answers, HashSet<string> present) =>
        server.Source is not null
        && !present.Contains(server.Name)
        && answers.FirstOrDefault(answer => answer.Source == server.Source) is { IsCertain: true } answer
        && !answer.Listing!.UnreadableNames.Contains(server.Name);

    private Task<(Dictionary<string, WorkloadServer> Servers, RegistryMatcher Registry)> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) => (
            (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).ToDictionary(server => server.Name, StringComparer.Ordinal),
            new RegistryMatcher(await session.RegistryServers.ListAsync(token).ConfigureAwait(false))),
        cancellationToken);

    // Once, and again when something else is said or it came back: a server that is dead for days fills no log.
    private void Tell(IReadOnlyList<string> problems, bool isLook)
    {
        HashSet<string> shapes = [.. problems.Select(ShapeOf)];
        foreach (string problem in problems)
        {
            if (_said.TryAdd(ShapeOf(problem), 0))
            {
                LogProblem(problem);
            }
        }

        foreach (string shape in isLook ? _said.Keys.Where(shape => !shapes.Contains(shape)) : [])
        {
            _said.TryRemove(shape, out _);
        }
    }

    // Seconds left, ports and process ids differ each time.
    private static string ShapeOf(string problem) => string.Concat(problem.Where(c => !char.IsAsciiDigit(c)));

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Workloads: {Seen} seen, {Changed} changed, {Deleted} deleted, {Embedded} texts embedded.")]
    private partial void LogDone(int seen, int changed, int deleted, int embedded);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 204, Level = LogLevel.Debug, Message = "Workload {Name} is on the skip list.")]
    private partial void LogSkipped(string name);
}
