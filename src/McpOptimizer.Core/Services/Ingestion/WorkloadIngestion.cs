using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Threading.Channels;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// One look at all workload sources: list, ask every running server for its tools at the same time, and take over the answers as they come,
/// so that a slow or broken server delays nobody.
/// </summary>
internal sealed partial class WorkloadIngestion(
    IEnumerable<IWorkloadSource> sources,
    IBackendRepository backends,
    EndpointRepository endpoints,
    IOptimizerStore store,
    WorkloadPlanner planner,
    WorkloadWriter writer,
    TrustMemory trust,
    IngestionStatus status,
    IOptions<McpOptimizerOptions> options,
    ILogger<WorkloadIngestion> logger)
{
    private readonly IWorkloadSource[] _sources = [.. sources];
    private readonly ConcurrentDictionary<string, (WorkloadDescriptor Workload, string Source)> _listed = new(StringComparer.Ordinal);

    /// <summary>Names of all workloads that the sources listed last.</summary>
    public IEnumerable<string> ListedNames => _listed.Keys;

    /// <summary>Looks at everything.</summary>
    public async Task<IngestionReport> RunAsync(CancellationToken cancellationToken = default)
    {
        List<string> problems = [];
        List<SourceAnswer> answers = await AskSourcesAsync(problems, cancellationToken).ConfigureAwait(false);
        List<(WorkloadDescriptor Workload, string Source)> workloads = Distinct(answers, problems);
        Remember(answers, workloads);

        (Dictionary<string, WorkloadServer> stored, RegistryMatcher registry) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        IngestionReport report = await IngestAsync(workloads, stored, registry, cancellationToken).ConfigureAwait(false);

        HashSet<string> present = [.. workloads.Select(item => item.Workload.Name)];
        int deleted = await writer.DeleteAsync(FindGone(answers, stored.Values, present), cancellationToken).ConfigureAwait(false);
        HashSet<string> configured = [.. _sources.Select(source => source.Name)];
        int hidden = await writer.HideAsync(
            [.. stored.Values.Where(server => server.Source is not null && !configured.Contains(server.Source) && !present.Contains(server.Name) && server.Status != ServerStatus.Stopped)],
            cancellationToken).ConfigureAwait(false);
        status.FirstIngestionDone();
        report = report with { Seen = workloads.Count, Deleted = deleted, Changed = report.Changed + hidden, Problems = [.. problems, .. report.Problems] };
        foreach (string problem in report.Problems)
        {
            LogProblem(problem);
        }

        if (report.Changed + report.Deleted > 0)
        {
            LogDone(report.Seen, report.Changed, report.Deleted, report.Embedded);
        }

        return report;
    }

    /// <summary>Asks one listed server again.</summary>
    public async Task<IngestionReport> RunForAsync(string serverName, bool forceMatch, CancellationToken cancellationToken = default)
    {
        if (!_listed.TryGetValue(serverName, out (WorkloadDescriptor Workload, string Source) item))
        {
            throw new ArgumentException($"No source lists a server named '{serverName}'.{NearestName.Hint(serverName, _listed.Keys)}", nameof(serverName));
        }

        WorkloadInput input = await ListToolsAsync(item.Workload, item.Source, forceMatch, cancellationToken).ConfigureAwait(false);
        return await writer.WriteAsync([input], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes one server.</summary>
    public async Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default)
    {
        _listed.TryRemove(serverName, out _);
        (Dictionary<string, WorkloadServer> stored, _) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return stored.TryGetValue(serverName, out WorkloadServer? server) && await writer.DeleteAsync([server], cancellationToken).ConfigureAwait(false) > 0;
    }

    private async Task<List<SourceAnswer>> AskSourcesAsync(List<string> problems, CancellationToken cancellationToken)
    {
        SourceAnswer[] answers = await Task.WhenAll(_sources.Select(source => AskAsync(source, cancellationToken))).ConfigureAwait(false);
        problems.AddRange(answers.Where(answer => answer.Error is not null).Select(answer => $"{answer.Source}: {answer.Error}"));
        problems.AddRange(answers.SelectMany(answer => answer.Listing?.Remarks ?? []));
        return [.. answers];
    }

    private async Task<SourceAnswer> AskAsync(IWorkloadSource source, CancellationToken cancellationToken)
    {
        try
        {
            WorkloadListing listing = await source.ListAsync(cancellationToken).ConfigureAwait(false);
            status.Succeeded(source.Name, listing.Workloads.Count);
            return new SourceAnswer(source.Name, listing, null);
        }
#pragma warning disable CA1031 // Whatever a source throws means "could not look": the others are not to suffer.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            status.Failed(source.Name, e.Message);
            return new SourceAnswer(source.Name, null, e.Message);
        }
    }

    private List<(WorkloadDescriptor Workload, string Source)> Distinct(List<SourceAnswer> answers, List<string> problems)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        List<(WorkloadDescriptor, string)> workloads = [];
        foreach (SourceAnswer answer in answers)
        {
            foreach (WorkloadDescriptor workload in answer.Listing?.Workloads ?? [])
            {
                if (string.IsNullOrWhiteSpace(workload.Name))
                {
                    problems.Add($"{answer.Source}: a workload without a name is left out.");
                }
                else if (IsSkipped(workload.Name))
                {
                    LogSkipped(workload.Name);
                }
                else if (!owners.TryAdd(workload.Name, answer.Source))
                {
                    problems.Add($"{answer.Source}: the name '{workload.Name}' is taken by {owners[workload.Name]}; rename one of them.");
                }
                else
                {
                    workloads.Add((workload, answer.Source));
                }
            }
        }

        return workloads;
    }

    private bool IsSkipped(string name)
    {
        IEnumerable<string> patterns = options.Value.Ingestion.SkippedWorkloads is { Count: > 0 } configured ? configured : IngestionSettings.DefaultSkippedWorkloads;
        return patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    private void Remember(List<SourceAnswer> answers, List<(WorkloadDescriptor Workload, string Source)> workloads)
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

        backends.Retain(endpoints.All);
    }

    private async Task<IngestionReport> IngestAsync(
        List<(WorkloadDescriptor Workload, string Source)> workloads, Dictionary<string, WorkloadServer> stored, RegistryMatcher registry, CancellationToken cancellationToken)
    {
        Channel<WorkloadInput> answers = Channel.CreateUnbounded<WorkloadInput>(new UnboundedChannelOptions { SingleReader = true });
        Task asking = AskBackendsAsync(workloads, stored, registry, answers.Writer, cancellationToken);
        IngestionReport report = new();
        int taken = 0;
        while (await answers.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // Whatever came in while the last batch was written makes the next one: no waiting, few transactions.
            List<WorkloadInput> batch = [];
            while (batch.Count < options.Value.Ingestion.WriteBatchSize && answers.Reader.TryRead(out WorkloadInput? input))
            {
                batch.Add(input);
            }

            IngestionReport written = await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            report = report.Add(written);
            taken += batch.Count;
            if (written.Changed > 0 && logger.IsEnabled(LogLevel.Information))
            {
                string names = string.Join(", ", batch.Take(5).Select(input => $"{input.Workload.Name} ({input.Tools?.Count ?? 0} tools)"));
                LogProgress(taken, workloads.Count, names, batch.Count > 5 ? ", …" : "");
            }
        }

        await asking.ConfigureAwait(false);
        return report;
    }

    private async Task AskBackendsAsync(
        List<(WorkloadDescriptor Workload, string Source)> workloads, Dictionary<string, WorkloadServer> stored, RegistryMatcher registry,
        ChannelWriter<WorkloadInput> answers, CancellationToken cancellationToken)
    {
        try
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Value.Ingestion.Parallelism, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(workloads, parallel, async (item, token) =>
            {
                if (IsUnreadable(item.Workload))
                {
                    status.Failed(item.Source, $"{item.Workload.Name}: its identity could not be read; it is left as it was.");
                    return;
                }

                WorkloadInput input = await ListToolsAsync(item.Workload, item.Source, forceMatch: false, token).ConfigureAwait(false);
                if (!stored.TryGetValue(input.Workload.Name, out WorkloadServer? existing) || !planner.IsUnchanged(input, existing, registry))
                {
                    await answers.WriteAsync(input, token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            answers.Complete();
        }
        catch (Exception e)
        {
            answers.Complete(e);
            throw;
        }
    }

    // A running remote workload whose address could not be learnt this time cannot be matched: next time, then.
    private static bool IsUnreadable(WorkloadDescriptor workload) => workload is { Identifier: null, Status: ServerStatus.Running };

    private async Task<WorkloadInput> ListToolsAsync(WorkloadDescriptor workload, string source, bool forceMatch, CancellationToken cancellationToken)
    {
        if (workload.Status != ServerStatus.Running || workload.Endpoint is null)
        {
            return new WorkloadInput(workload, source, null, null, forceMatch);
        }

        try
        {
            BackendToolList listing = await backends.ListToolsAsync(workload.Endpoint, cancellationToken).ConfigureAwait(false);
            return new WorkloadInput(workload, source, listing.Tools, null, forceMatch) { Instructions = listing.Instructions, Remarks = listing.Remarks };
        }
#pragma warning disable CA1031 // Whatever a server does wrong stays with that server.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new WorkloadInput(workload, source, null, e.Message, forceMatch);
        }
    }

    private static WorkloadServer[] FindGone(List<SourceAnswer> answers, IEnumerable<WorkloadServer> stored, HashSet<string> present)
    {
        Dictionary<string, WorkloadListing> certain = answers
            .Where(answer => answer.Listing is { IsComplete: true } listing && (listing.Workloads.Count > 0 || listing.EmptyIsCertain))
            .ToDictionary(answer => answer.Source, answer => answer.Listing!);
        return
        [
            .. stored.Where(server =>
                server.Source is not null
                && certain.TryGetValue(server.Source, out WorkloadListing? listing)
                && !present.Contains(server.Name)
                && !listing.UnreadableNames.Contains(server.Name)),
        ];
    }

    private Task<(Dictionary<string, WorkloadServer> Servers, RegistryMatcher Registry)> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async (session, token) => (
            (await session.WorkloadServers.ListAsync(token).ConfigureAwait(false)).ToDictionary(server => server.Name, StringComparer.Ordinal),
            new RegistryMatcher(await session.RegistryServers.ListAsync(token).ConfigureAwait(false))),
        cancellationToken);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Ingested {Taken} of {Total} servers: {Names}{More}.")]
    private partial void LogProgress(int taken, int total, string names, string more);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Workloads: {Seen} seen, {Changed} changed, {Deleted} deleted, {Embedded} texts embedded.")]
    private partial void LogDone(int seen, int changed, int deleted, int embedded);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 204, Level = LogLevel.Debug, Message = "Workload {Name} is on the skip list.")]
    private partial void LogSkipped(string name);

    private sealed record SourceAnswer(string Source, WorkloadListing? Listing, string? Error);
}
