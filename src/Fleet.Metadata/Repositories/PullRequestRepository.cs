using System.Collections.Concurrent;
using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Repositories;

/// <summary>Asks forges seldom: remembers the last answer of each branch, revalidates it by its entity tag, and leaves a forge alone when told to.</summary>
internal sealed partial class PullRequestRepository(
    ForgeQuestions forge, ForgeTargets targets, IOptions<FleetMetadataOptions> options, TimeProvider time, ILogger<PullRequestRepository> logger)
{
    private const int MaxRemembered = 64;
    private const int MaxPauseJitterMilliseconds = 1000;

    // Ids never change, and parents seldom do.
    private static readonly TimeSpan ProjectAge = TimeSpan.FromHours(1);

    // After a fault that may pass, and after one that needs a person.
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ForgeMemory> _memories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What is known about the branch on its forge. Waits for the forge until the token when nothing young enough is known,
    /// then answers with what there is; a request that is under way goes on.
    /// </summary>
    /// <returns>Null when the repository has no remote on a known forge.</returns>
    public async Task<PullRequestFinding?> FindAsync(GitHead head, GitConfiguration configuration, CancellationToken cancellationToken)
    {
        if (targets.Resolve(head, configuration) is not { } target)
        {
            return null;
        }

        if (target.Heads.Count == 0 && target.Request is null)
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
                Fault = memory.Fault,
            };
        }
    }

    private async Task RefreshAsync(ForgeTarget target, ForgeMemory memory, string? commit)
    {
        lock (memory)
        {
            memory.Fault = null;
        }

        try
        {
            Dictionary<string, ForgeAnswer> answers = new(StringComparer.Ordinal);
            if (await AskAllAsync(target, memory, answers).ConfigureAwait(false))
            {
                Confirm(memory, commit, answers);
            }
        }
        catch (Exception exception)
        {
            // Nobody may be waiting for this task: a fault that is not logged here would be lost.
            LogFailed(exception, target.Repository);
            Pause(memory, ShortPause, "its request ended unexpectedly");
        }
    }

    // False when the forge did not say all that is needed.
    private async Task<bool> AskAllAsync(ForgeTarget target, ForgeMemory memory, Dictionary<string, ForgeAnswer> answers)
    {
        if (target.Request is { } request)
        {
            return await AskAsync(target, memory, answers, $"{request.Repository}#{request.Number}", last => forge.AskOneAsync(target.Host, request, last))
                .ConfigureAwait(false);
        }

        foreach (ForgeHead head in target.Heads)
        {
            if (await FindProjectAsync(target, memory, answers, head.Repository).ConfigureAwait(false) is not { } project)
            {
                return false;
            }

            string?[] repositories = [project.Parent, .. target.Bases, head.Repository];
            foreach (string repository in project.IsKnown ? repositories.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase) : [])
            {
                string question = $"{repository} {head.Repository} {head.Branch}";
                if (!await AskAsync(target, memory, answers, question, last => forge.AskListAsync(target.Host, repository, head, project, last), optional: true)
                    .ConfigureAwait(false))
                {
                    return false;
                }

                if (answers[question].PullRequest is { State: PullRequestState.Open })
                {
                    return true;
                }
            }
        }

        return true;
    }

    private async Task<bool> AskAsync(
        ForgeTarget target,
        ForgeMemory memory,
        Dictionary<string, ForgeAnswer> answers,
        string question,
        Func<ForgeAnswer?, Task<(ForgeReply Reply, PullRequest? Found)>> ask,
        bool optional = false)
    {
        ForgeAnswer? last;
        lock (memory)
        {
            memory.Answers.TryGetValue(question, out last);
        }

        (ForgeReply reply, PullRequest? found) = await ask(last).ConfigureAwait(false);
        ForgeAnswer? answer = Understand(target, memory, reply, optional) switch
        {
            ForgeOutcome.Answered => new ForgeAnswer(reply.EntityTag, found),
            ForgeOutcome.Unchanged => last,

            // To a token without access the repository does not exist: an answer, and not a fault.
            ForgeOutcome.NotFound => new ForgeAnswer(null, null),
            _ => null,
        };
        if (answer is not null)
        {
            answers[question] = answer;
        }

        return answer is not null;
    }

    private async Task<ForgeProject?> FindProjectAsync(ForgeTarget target, ForgeMemory memory, Dictionary<string, ForgeAnswer> answers, string repository)
    {
        lock (memory)
        {
            if (memory.Projects.TryGetValue(repository, out (ForgeProject Project, DateTimeOffset At) known) && time.GetUtcNow() - known.At < ProjectAge)
            {
                return known.Project;
            }
        }

        ForgeProject project = ForgeProject.Unknown;
        bool done = await AskAsync(target, memory, answers, repository, async _ =>
        {
            (ForgeReply reply, ForgeProject? found) = await forge.AskProjectAsync(target.Host, repository).ConfigureAwait(false);
            project = found ?? ForgeProject.Unknown;
            return (reply, null);
        }).ConfigureAwait(false);
        if (done && project.IsKnown)
        {
            lock (memory)
            {
                memory.Projects[repository] = (project, time.GetUtcNow());
            }
        }

        return done ? project : null;
    }

    private ForgeOutcome Understand(ForgeTarget target, ForgeMemory memory, ForgeReply reply, bool optional)
    {
        if (reply.RetryAfter is { } wait)
        {
            _closedUntil[target.Host.Host] = time.GetUtcNow() + wait;
            LogLimited(target.Host.Host, wait);
        }

        // A parent that this token does not see is no fault: the branch's own repository is asked too.
        bool expected = reply.Outcome is ForgeOutcome.Answered or ForgeOutcome.Unchanged || (optional && reply.Outcome == ForgeOutcome.NotFound);
        if (!expected)
        {
            Pause(memory, reply.Outcome is ForgeOutcome.NotFound or ForgeOutcome.Denied ? LongPause : ShortPause, reply.Fault);
        }

        return reply.Outcome;
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

    private void Pause(ForgeMemory memory, TimeSpan pause, string? fault)
    {
        lock (memory)
        {
            memory.Fault = $"no pull request: {fault}";
            memory.NotBefore = time.GetUtcNow() + pause + TimeSpan.FromMilliseconds(Random.Shared.Next(MaxPauseJitterMilliseconds));
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "{Host} wants no requests for {Wait}; its last answer is reported meanwhile.")]
    private partial void LogLimited(string host, TimeSpan wait);

    [LoggerMessage(EventId = 22, Level = LogLevel.Error, Message = "No pull request for {Repository}.")]
    private partial void LogFailed(Exception exception, string repository);
}
