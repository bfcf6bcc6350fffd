using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Look;
using McpOptimizer.Core.Services.Ingestion.Plan;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// Looks at all workload sources: takes over at once what they say, asks every running server for its tools at the same time, and takes over the answers as
/// they come, so that a slow or broken server delays nobody.
/// </summary>
internal sealed partial class WorkloadIngestion(
    SourceLooks sources,
    WorkloadList list,
    WorkloadAsks asks,
    OptimizerStore store,
    IStoreReplicas replicas,
    WorkloadPlanner planner,
    WorkloadIntake intake,
    TrustMemory trust,
    IngestionStatus status,
    ILogger<WorkloadIngestion> logger) : IDisposable
{
    private readonly SaidOnce _said = new();
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
            IReadOnlyList<ListedWorkload> workloads = list.Take(answers, problems);
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
        (WorkloadDescriptor workload, string source) = list.Get(serverName);
        if (!await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await replicas.AskForLookAsync(serverName, cancellationToken).ConfigureAwait(false);
            return new IngestionReport { Seen = 1 };
        }

        // Known: what is asked for here is a second listing.
        WorkloadQuestion question = new(workload, source, forceMatch) { IsKnown = true };
        IngestionReport report = await asks.Start(question, isAfresh: true).WaitAsync(cancellationToken).ConfigureAwait(false);
        Tell(report.Problems, isLook: false);
        return report;
    }

    /// <summary>Deletes one server.</summary>
    public async Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default)
    {
        list.Remove(serverName);
        if (!await replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await replicas.AskForLookAsync(null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return await intake.DeleteAsync(server => server.Name == serverName, cancellationToken).ConfigureAwait(false) > 0;
    }

    private async Task<IngestionReport> TakeOverAsync(
        IReadOnlyList<SourceAnswer> answers, IReadOnlyList<ListedWorkload> workloads, List<Task<IngestionReport>> running, List<string> problems,
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
            int deleted = await intake.DeleteAsync(server => WorkloadList.IsGone(server, answers, present), cancellationToken).ConfigureAwait(false);
            HashSet<string> configured = [.. sources.Names];
            int hidden = await intake.HideAsync(
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

            trust.ForgetNames();
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

    private void Ask(
        IReadOnlyList<ListedWorkload> workloads, Dictionary<string, WorkloadServer> stored, RegistryMatcher registry, bool forceMatch,
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
                KnownMark = existing is null ? null : planner.KnownMark(workload, existing),
                IsAnsweredBy = input => existing is not null && planner.IsUnchanged(input, existing, registry, takesMarks: status.StoreFault is null),
            }));
        }
    }

    private bool IsDoubtful(string name, Dictionary<string, WorkloadServer> stored) =>
        asks.HasFailed(name) || (stored.TryGetValue(name, out WorkloadServer? server) && (server.Status == ServerStatus.Error || server.ToolsHash is null));

    // A running remote workload whose address could not be learnt this time cannot be matched: next time, then.
    private static bool IsUnreadable(WorkloadDescriptor workload) => workload is { Identifier: null, Status: ServerStatus.Running };

    private Task<(Dictionary<string, WorkloadServer> Servers, RegistryMatcher Registry)> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) => (
            (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).ToDictionary(server => server.Name, StringComparer.Ordinal),
            new RegistryMatcher(await session.RegistryServers.ListAsync(token).ConfigureAwait(false))),
        cancellationToken);

    private void Tell(IReadOnlyList<string> problems, bool isLook)
    {
        foreach (string problem in _said.News(problems, isAll: isLook))
        {
            LogProblem(problem);
        }
    }

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Workloads: {Seen} seen, {Changed} changed, {Deleted} deleted, {Embedded} texts embedded.")]
    private partial void LogDone(int seen, int changed, int deleted, int embedded);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(string problem);
}
