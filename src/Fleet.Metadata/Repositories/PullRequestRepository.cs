using System.Collections.Concurrent;
using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Clients.Wire;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Asks forges seldom: remembers the last answer of each branch, revalidates it by its entity tag, and leaves a forge alone when told to.</summary>
internal sealed partial class PullRequestRepository(
    IForgeClient forges, ForgeTargets targets, IOptions<FleetMetadataOptions> options, TimeProvider time, ILogger<PullRequestRepository> logger)
    : IPullRequestRepository
{
    private const int MaxRemembered = 64;
    private const int MaxPauseJitterMilliseconds = 1000;

    // After a fault that may pass, and after one that needs a person.
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ForgeMemory> _memories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.OrdinalIgnoreCase);

    public async Task<PullRequestFinding?> FindAsync(GitHead head, CancellationToken cancellationToken)
    {
        if (targets.Resolve(head) is not { } target)
        {
            return null;
        }

        if (target.Branch is null)
        {
            return new PullRequestFinding { Kind = target.Host.Kind, Repository = target.Repository };
        }

        ForgeMemory memory = Remember(target);
        DateTimeOffset asked = time.GetUtcNow();
        Task? refresh = RefreshIfDue(target, memory, head.Commit);
        if (refresh is not null && !IsYoung(memory, head.Commit, asked))
        {
            await refresh.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Report(target, memory, asked);
    }

    private ForgeMemory Remember(ForgeTarget target)
    {
        ForgeMemory memory = _memories.GetOrAdd(target.Key, static _ => new ForgeMemory());
        memory.UsedAt = time.GetUtcNow();
        if (_memories.Count > MaxRemembered)
        {
            _memories.TryRemove(_memories.MinBy(pair => pair.Value.UsedAt));
        }

        return memory;
    }

    private bool IsYoung(ForgeMemory memory, string? commit, DateTimeOffset now)
    {
        lock (memory)
        {
            return memory.ConfirmedAt is { } confirmed && memory.Commit == commit && now - confirmed < options.Value.ForgeMaxAge;
        }
    }

    private Task? RefreshIfDue(ForgeTarget target, ForgeMemory memory, string? commit)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (memory)
        {
            if (memory.Refresh is { IsCompleted: false } running)
            {
                return running;
            }

            bool recent = memory.ConfirmedAt is { } confirmed && memory.Commit == commit && now - confirmed < options.Value.ForgeMaxAge / 2;
            bool closed = _closedUntil.TryGetValue(target.Host.Host, out DateTimeOffset until) && now < until;
            if (recent || closed || now < memory.NotBefore)
            {
                return null;
            }

            // Not the caller's token: whoever comes next wants the answer too, and the HTTP client has its own timeout.
            memory.Refresh = Task.Run(() => RefreshAsync(target, memory, commit), CancellationToken.None);
            return memory.Refresh;
        }
    }

    private PullRequestFinding Report(ForgeTarget target, ForgeMemory memory, DateTimeOffset asked)
    {
        lock (memory)
        {
            DateTimeOffset now = time.GetUtcNow();
            TimeSpan maxAge = options.Value.ForgeMaxAge;
            bool cannotAsk = now < memory.NotBefore || (_closedUntil.TryGetValue(target.Host.Host, out DateTimeOffset until) && now < until);
            TimeSpan limit = cannotAsk && maxAge > TimeSpan.Zero && options.Value.ForgeStaleLimit > maxAge ? options.Value.ForgeStaleLimit : maxAge;
            bool usable = memory.ConfirmedAt is { } confirmed && (confirmed >= asked || now - confirmed <= limit && maxAge > TimeSpan.Zero);
            return new PullRequestFinding
            {
                Kind = target.Host.Kind,
                Repository = target.Repository,
                PullRequest = usable ? memory.PullRequest : null,
                Age = usable ? now - memory.ConfirmedAt : null,
            };
        }
    }

    private async Task RefreshAsync(ForgeTarget target, ForgeMemory memory, string? commit)
    {
        try
        {
            Dictionary<string, ForgeAnswer> answers = new(StringComparer.Ordinal);
            foreach (string repository in target.Asked)
            {
                if (await AskAsync(target, repository, memory).ConfigureAwait(false) is not { } answer)
                {
                    return;
                }

                answers[repository] = answer;
                if (answer.PullRequest is { State: PullRequestState.Open })
                {
                    break;
                }
            }

            Confirm(memory, commit, answers);
        }
        catch (Exception exception)
        {
            // Nobody may be waiting for this task: a fault that is not logged here would be lost.
            LogFailed(exception, target.Repository);
            Pause(memory, ShortPause);
        }
    }

    private async Task<ForgeAnswer?> AskAsync(ForgeTarget target, string repository, ForgeMemory memory)
    {
        ForgeAnswer? last;
        lock (memory)
        {
            memory.Answers.TryGetValue(repository, out last);
        }

        if (target.Host.Kind == ForgeKind.GitHub)
        {
            ForgeReply<GitHubPull> pulls = await forges
                .GetPullsAsync(target.Host, repository, target.Owner, target.Branch!, last?.EntityTag, CancellationToken.None).ConfigureAwait(false);
            return Understand(target, memory, last, pulls, PullRequestMapping.Choose(pulls.Items, target.Branch!));
        }

        ForgeReply<GitLabMergeRequest> requests = await forges
            .GetMergeRequestsAsync(target.Host, repository, target.Branch!, last?.EntityTag, CancellationToken.None).ConfigureAwait(false);
        return Understand(target, memory, last, requests, PullRequestMapping.Choose(requests.Items, target.Branch!));
    }

    private ForgeAnswer? Understand<T>(ForgeTarget target, ForgeMemory memory, ForgeAnswer? last, ForgeReply<T> reply, PullRequest? chosen)
    {
        if (reply.RetryAfter is { } wait)
        {
            _closedUntil[target.Host.Host] = time.GetUtcNow() + wait;
            LogLimited(target.Host.Host, wait);
        }

        switch (reply.Outcome)
        {
            case ForgeOutcome.Answered:
                return new ForgeAnswer(reply.EntityTag, chosen);
            case ForgeOutcome.Unchanged when last is not null:
                return last;
            case ForgeOutcome.NotFound:
                // To a token without access the repository does not exist: an answer, and not a fault.
                LogRefused(reply.Fault);
                Pause(memory, LongPause);
                return new ForgeAnswer(null, null);
            case ForgeOutcome.Denied:
                LogRefused(reply.Fault);
                Pause(memory, LongPause);
                return null;
            case ForgeOutcome.Limited:
                return null;
            default:
                LogRefused(reply.Fault);
                Pause(memory, ShortPause);
                return null;
        }
    }

    private void Confirm(ForgeMemory memory, string? commit, Dictionary<string, ForgeAnswer> answers)
    {
        PullRequest[] found = [.. answers.Values.Select(answer => answer.PullRequest).OfType<PullRequest>()];
        lock (memory)
        {
            foreach ((string repository, ForgeAnswer answer) in answers)
            {
                memory.Answers[repository] = answer;
            }

            memory.PullRequest = found.FirstOrDefault(request => request.State == PullRequestState.Open) ?? found.FirstOrDefault();
            memory.ConfirmedAt = time.GetUtcNow();
            memory.Commit = commit;
        }
    }

    private void Pause(ForgeMemory memory, TimeSpan pause)
    {
        lock (memory)
        {
            memory.NotBefore = time.GetUtcNow() + pause + TimeSpan.FromMilliseconds(Random.Shared.Next(MaxPauseJitterMilliseconds));
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "{Host} wants no requests for {Wait}; its last answer is reported meanwhile.")]
    private partial void LogLimited(string host, TimeSpan wait);

    [LoggerMessage(EventId = 21, Level = LogLevel.Warning, Message = "No pull request: {Fault}.")]
    private partial void LogRefused(string? fault);

    [LoggerMessage(EventId = 22, Level = LogLevel.Error, Message = "No pull request for {Repository}.")]
    private partial void LogFailed(Exception exception, string repository);
}
