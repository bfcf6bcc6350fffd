using System.Collections.Concurrent;
using System.Threading.Channels;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Learning;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Search.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>Remembers which hits were called after which requests, in memory for the ranking and in the database for the next start.</summary>
internal sealed partial class LearningService(
    OptimizerStore store, TextEmbedder embedder, IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<LearningService> logger) : ILearningService, ICallObserver, IDisposable
{
    private const int MostUnwritten = 10_000;
    private const int CallerCharacters = 32;
    private const string Store = "store";

    private readonly LearningSettings _settings = options.Value.Learning;
    private readonly RecentFinds _finds = new(clock);
    private readonly ConcurrentDictionary<string, RequestHistory> _histories = new(StringComparer.Ordinal);

    // Each knows what the database must do. A full queue loses the oldest: what use teaches is worth no memory without end.
    private readonly Channel<(LearnedRequest? Added, IReadOnlyList<string> Gone)> _unwritten =
        Channel.CreateBounded<(LearnedRequest? Added, IReadOnlyList<string> Gone)>(new BoundedChannelOptions(MostUnwritten) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly SemaphoreSlim _storing = new(1, 1);
    private readonly SaidOnce _said = new();
    private HashSet<string> _stored = new(StringComparer.Ordinal);
    private volatile bool _isLoaded;

    /// <summary>Whether anything is learned at all.</summary>
    public bool IsEnabled => _settings.Enabled;

    /// <inheritdoc/>
    public void Dispose() => _storing.Dispose();

    /// <summary>The leg of past requests for a caller; null where nothing is learned.</summary>
    public async ValueTask<HistoryLeg?> LegAsync(VisibilityScope scope, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        if (!_settings.Enabled || scope.LearnsAs is not { } profile)
        {
            return null;
        }

        if (!_isLoaded)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return new HistoryLeg(HistoryOf(profile).At(clock.GetUtcNow()), _settings) { RecentServers = _finds.RecentServers((profile, caller.Subject, caller.SessionId)) };
    }

    /// <summary>A caller was shown hits.</summary>
    public void Found(VisibilityScope scope, CallerIdentity caller, string text, ReadOnlyMemory<float> vector, IReadOnlyList<IndexedTool> hits)
    {
        if (_settings.Enabled && scope.LearnsAs is { } profile && !vector.IsEmpty && hits.Count > 0)
        {
            _finds.Found((profile, caller.Subject, caller.SessionId), vector, _settings.KeepText ? text : "", hits);
        }
    }

    /// <remarks>Counts when the tool answered, well or with an error; a server that could not be reached says nothing of its tools.</remarks>
    public void Called(VisibilityScope scope, CallContext context, ToolCallOutcome? outcome)
    {
        LearnedKind? kind = outcome?.Status switch
        {
            ToolCallStatus.Succeeded => LearnedKind.Called,
            ToolCallStatus.ToolFailed => LearnedKind.Failed,
            _ => null,
        };
        if (!_settings.Enabled || kind is null || scope.LearnsAs is not { } profile || outcome is not { ServerName: { } server, ToolName: { } tool }
            || _finds.Called((profile, context.Caller, context.SessionId), server, tool, kind.Value) is not { } found)
        {
            return;
        }

        LearnedRequest request = new()
        {
            Id = Guid.NewGuid().ToString("N"),
            At = clock.GetUtcNow(),
            Profile = profile,
            Caller = CallerOf(context.Caller),
            Model = embedder.RequestModel ?? "",
            Vector = found.Vector,
            Text = _settings.KeepText ? found.Text : null,
            Outcomes = found.Outcomes,
        };
        IReadOnlyList<string> gone = HistoryOf(profile).Add(request);
        _unwritten.Writer.TryWrite((gone.Contains(request.Id) ? null : request, gone));
    }

    /// <summary>Writes what was learned, and takes over what other processes on the same database learned or forgot.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _storing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
            HashSet<string> ids = [.. await store.ReadAsync((session, token) => session.Learning.ListIdsAsync(token), cancellationToken).ConfigureAwait(false)];
            string[] forgotten = [.. _stored.Where(id => !ids.Contains(id))];
            foreach (RequestHistory history in forgotten.Length > 0 ? _histories.Values : [])
            {
                history.Remove(forgotten);
            }

            if (ids.Any(id => !_stored.Contains(id)))
            {
                List<string> gone = Load(await store.ReadAsync((session, token) => session.Learning.ListAsync(token), cancellationToken).ConfigureAwait(false));
                if (gone.Count > 0)
                {
                    await store.DecideAsync((session, token) => session.Learning.DeleteAsync(gone, token), cancellationToken).ConfigureAwait(false);
                    ids.ExceptWith(gone);
                }
            }

            _stored = ids;
            _isLoaded = true;
            _said.Forget(Store);
        }
        catch (OptimizerStoreException e)
        {
            // Finding goes on without: what is learned is help, not need.
            _isLoaded = true;
            if (_said.IsNews(Store, e.Message))
            {
                LogStoreFailed(e.Message);
            }
        }
        finally
        {
            _storing.Release();
        }
    }

    public async Task<IReadOnlyList<LearningProfile>> ListAsync(CancellationToken cancellationToken = default)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LearnedRequest> all = await store.ReadAsync((session, token) => session.Learning.ListAsync(token), cancellationToken).ConfigureAwait(false);
        return
        [
            .. all.GroupBy(request => request.Profile, StringComparer.Ordinal).OrderBy(profile => profile.Key, StringComparer.Ordinal).Select(profile => new LearningProfile(
                profile.Key, profile.Count(), profile.Select(request => request.Caller).Distinct().Count(),
                profile.SelectMany(request => request.Outcomes).Where(outcome => outcome.Kind == LearnedKind.Called).Select(outcome => (outcome.ServerName, outcome.ToolName)).Distinct().Count(),
                profile.Min(request => request.At), profile.Max(request => request.At))),
        ];
    }

    public async Task<int> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ToolName is not null && request.ServerName is null)
        {
            throw new ArgumentException($"The tool '{request.ToolName}' is named without its server; give SERVER/TOOL.", nameof(request));
        }

        // A search whose call is still to come would teach it again.
        _finds.Clear();
        int deleted = 0;
        await _storing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
            List<string> ids = [];
            await store.DecideAsync(
                async (session, token) =>
                {
                    ids = [.. (await session.Learning.ListAsync(token).ConfigureAwait(false)).Where(past => Fits(past, request)).Select(past => past.Id)];
                    deleted = await session.Learning.DeleteAsync(ids, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            foreach (RequestHistory history in _histories.Values)
            {
                history.Remove(ids);
            }

            _stored.ExceptWith(ids);
        }
        finally
        {
            _storing.Release();
        }

        return deleted;
    }

    private static bool Fits(LearnedRequest past, ForgetRequest request) =>
        (request.Profile is null || past.Profile == request.Profile)
        && (request.Subject is null || past.Caller == CallerOf(request.Subject))
        && (request.Before is null || past.At < request.Before)
        && (request.ServerName is null
            || past.Outcomes.Any(outcome => outcome.ServerName == request.ServerName && (request.ToolName is null || outcome.ToolName == request.ToolName)));

    // Enough to tell callers apart; who it was is nobody's business. Callers without a token are one.
    private static string CallerOf(string? subject) => string.IsNullOrEmpty(subject) ? "" : ToolHasher.HashParts("caller", subject)[..CallerCharacters];

    private RequestHistory HistoryOf(string profile) => _histories.GetOrAdd(profile, _ => new RequestHistory(_settings));

    // Of another model nothing can be compared; it stays stored for the case that the model comes back, until it is so old that it would count nothing.
    private List<string> Load(IReadOnlyList<LearnedRequest> requests)
    {
        List<string> gone = [];
        DateTimeOffset worthless = clock.GetUtcNow() - TimeSpan.FromDays(Math.Min(10 * _settings.HalfLifeDays, 36_500));
        foreach (LearnedRequest request in requests)
        {
            if (request.At < worthless)
            {
                gone.Add(request.Id);
            }
            else if (request.Model == (embedder.RequestModel ?? ""))
            {
                gone.AddRange(HistoryOf(request.Profile).Add(request));
            }
        }

        return gone;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<LearnedRequest> added = [];
        List<string> gone = [];
        while (_unwritten.Reader.TryRead(out (LearnedRequest? Added, IReadOnlyList<string> Gone) change))
        {
            gone.AddRange(change.Gone);
            if (change.Added is not null)
            {
                added.Add(change.Added);
            }
        }

        added.RemoveAll(request => gone.Contains(request.Id));
        if (added.Count + gone.Count == 0)
        {
            return;
        }

        await store.DecideAsync(
            async (session, token) =>
            {
                await session.Learning.AddAsync(added, token).ConfigureAwait(false);
                await session.Learning.DeleteAsync(gone, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        _stored.UnionWith(added.Select(request => request.Id));
        _stored.ExceptWith(gone);
    }

    [LoggerMessage(EventId = 271, Level = LogLevel.Warning, Message = "What use taught could not be read or stored: {Reason}")]
    private partial void LogStoreFailed(string reason);
}
