using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>
/// The questions to servers that are under way, one for each, whoever wants its answer. They go on when nobody waits for them any more, and a server that is
/// still coming up when its question gave up is asked again at once: its tools are there as soon as it is.
/// </summary>
internal sealed class WorkloadAsks : IAsyncDisposable
{
    // An address costs a socket while it is waited for; a program that is starting costs the machine.
    private static readonly TimeSpan AddressPatience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ProgramPatience = TimeSpan.FromMilliseconds(500);

    private readonly IBackendRepository _backends;
    private readonly WorkloadInbox _inbox;
    private readonly IngestionStatus _status;
    private readonly AskingSlots _addresses;
    private readonly AskingSlots _programs;
    private readonly Untaken _untaken = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Ask> _current = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();

    public WorkloadAsks(IBackendRepository backends, WorkloadInbox inbox, IngestionStatus status, IOptions<McpOptimizerOptions> options, TimeProvider clock)
    {
        _backends = backends;
        _inbox = inbox;
        _status = status;
        _addresses = new AskingSlots(options.Value.Ingestion.Parallelism, AddressPatience, clock);
        _programs = new AskingSlots(options.Value.Ingestion.Parallelism, ProgramPatience, clock);
    }

    /// <summary>Whether a server did not answer when it was asked last.</summary>
    public bool HasFailed(string serverName)
    {
        lock (_gate)
        {
            return _failed.Contains(serverName);
        }
    }

    /// <summary>Asks a server and takes its answer over; joins the question that is under way unless the server has changed.</summary>
    /// <param name="question">Whom to ask, and what is known of it.</param>
    /// <param name="isAfresh">Whether an answer to a question that is under way already is too old: the server is asked once more afterwards.</param>
    /// <returns>What was taken over.</returns>
    public Task<IngestionReport> Start(WorkloadQuestion question, bool isAfresh = false)
    {
        string name = question.Workload.Name;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return Task.FromCanceled<IngestionReport>(_stop.Token);
            }

            Ask? before = _current.GetValueOrDefault(name);
            if (before is not null && before.Question.IsSameAs(question))
            {
                return isAfresh ? before.Next ??= FollowAsync(before, question) : before.Report;
            }

            _ = before?.Stop.CancelAsync();
            Ask ask = new(question, CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
            _current[name] = ask;
            if (question.IsAsking && !question.IsKnown && !_failed.Contains(name))
            {
                _status.Begun(name, question.Workload.Group);
            }

            using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
            ask.Report = Track(RunAsync(ask));
            return ask.Report;
        }
    }

    /// <summary>Gives up the questions to servers that are not listed any more.</summary>
    public void Retain(IReadOnlySet<string> names)
    {
        lock (_gate)
        {
            foreach ((string name, Ask ask) in _current)
            {
                if (!names.Contains(name))
                {
                    _ = ask.Stop.CancelAsync();
                }
            }

            _failed.IntersectWith(names);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _addresses.Dispose();
        _programs.Dispose();
        _stop.Dispose();
    }

    private async Task<IngestionReport> FollowAsync(Ask before, WorkloadQuestion question)
    {
        await ((Task)before.Report).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return await Start(question).ConfigureAwait(false);
    }

    private async Task<IngestionReport> RunAsync(Ask ask)
    {
        // Queued for within the caller's lock, so that the order of the questions holds; the rest outside of it.
        WorkloadQuestion question = ask.Question;
        AskingSlots? slots = !question.IsAsking ? null : question.Workload.Endpoint!.Url is null ? _programs : _addresses;
        Task place = slots?.EnterAsync(ask.Stop.Token) ?? Task.CompletedTask;
        await Task.Yield();
        bool hasFailed = false;
        try
        {
            WorkloadInput input = await QuestionAsync(ask, slots, place).ConfigureAwait(false) with { IsWanted = () => !ask.Stop.IsCancellationRequested };
            hasFailed = input.Failure is not null;
            if (question.IsAnsweredBy(input))
            {
                return new IngestionReport { Seen = 1 };
            }

            using (_untaken.Count(input.Tools?.Count ?? 0))
            {
                return await _inbox.TakeAsync(input, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ask.Stop.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            // Another question took its place, or nobody lists the server any more.
            return new IngestionReport();
        }
        finally
        {
            End(ask, hasFailed);
        }
    }

    private void End(Ask ask, bool hasFailed)
    {
        WorkloadQuestion question = ask.Question;
        string name = question.Workload.Name;
        lock (_gate)
        {
            bool isCurrent = _current.GetValueOrDefault(name) == ask;
            bool isComingUp = isCurrent && ask.IsComingUp && !ask.Stop.IsCancellationRequested;
            if (isCurrent)
            {
                _current.Remove(name);
                _ = hasFailed ? _failed.Add(name) : _failed.Remove(name);
                if (isComingUp)
                {
                    _ = Start(question);
                }
                else
                {
                    _status.Started(name);
                }
            }

            ask.Stop.Dispose();
        }
    }

    private bool IsConnecting(string name) => _backends.StatusOf(name)?.State == BackendState.Connecting;

    private async Task<WorkloadInput> QuestionAsync(Ask ask, AskingSlots? slots, Task place)
    {
        WorkloadQuestion question = ask.Question;
        WorkloadDescriptor workload = question.Workload;
        CancellationToken cancellationToken = ask.Stop.Token;
        if (slots is null)
        {
            return new WorkloadInput(workload, question.Source, null, null, question.ForceMatch);
        }

        try
        {
            return await slots.RunAsync(
                place, () => WaitForRoomAsync(workload.Endpoint!, cancellationToken), () => ListAsync(question, cancellationToken)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a server does wrong stays with that server.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // As it stands now: it may be up by the time that its failure is stored.
            ask.IsComingUp = IsConnecting(workload.Name);
            string failure = ask.IsComingUp ? $"It is still starting: {e.Message}" : e.Message;
            return new WorkloadInput(workload, question.Source, null, failure, question.ForceMatch);
        }
    }

    private async Task WaitForRoomAsync(BackendEndpoint endpoint, CancellationToken cancellationToken)
    {
        await _untaken.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        await _backends.WaitForRoomAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }

    // A listing that is stored, and comes again, says nothing new, unless something else about the server has changed.
    private async Task<WorkloadInput> ListAsync(WorkloadQuestion question, CancellationToken cancellationToken)
    {
        WorkloadDescriptor workload = question.Workload;
        BackendToolList listing = await _backends.ListToolsAsync(workload.Endpoint!, question.KnownMark, cancellationToken).ConfigureAwait(false);
        if (question.KnownMark is not null && listing.Mark == question.KnownMark)
        {
            WorkloadInput same = new(workload, question.Source, null, null, question.ForceMatch);
            if (question.IsAnsweredBy(same))
            {
                return same;
            }

            listing = await _backends.ListToolsAsync(workload.Endpoint!, known: null, cancellationToken).ConfigureAwait(false);
        }

        return new WorkloadInput(workload, question.Source, listing.Tools, null, question.ForceMatch)
        {
            Instructions = listing.Instructions,
            Remarks = listing.Remarks,
            Mark = listing.Mark,
        };
    }

    private Task<IngestionReport> Track(Task<IngestionReport> task)
    {
        _running.Add(task);
        _ = task.ContinueWith(
            ended =>
            {
                lock (_gate)
                {
                    _running.Remove(ended);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return task;
    }

    private sealed record Ask(WorkloadQuestion Question, CancellationTokenSource Stop)
    {
        public Task<IngestionReport> Report { get; set; } = null!;

        /// <summary>Whether its server was still connecting when the question gave up.</summary>
        public bool IsComingUp { get; set; }

        /// <summary>The question that follows it, for those who know of a change since it was put.</summary>
        public Task<IngestionReport>? Next { get; set; }
    }
}
