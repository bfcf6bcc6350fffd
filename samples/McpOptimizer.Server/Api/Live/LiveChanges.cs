using System.Runtime.CompilerServices;
using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Usage;

namespace McpOptimizer.Server.Api.Live;

/// <summary>
/// Tells who listens that something is to be asked for anew, never what: the endpoints that are asked then know who may see it. Servers are looked at in short intervals,
/// once for all who listen, and not while nobody does.
/// </summary>
internal sealed class LiveChanges : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    // Many calls in a moment are one piece of news.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly IServerStandingService _servers;
    private readonly IngestionStatus _ingestion;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private CancellationTokenSource? _looking;

    public LiveChanges(IServerStandingService servers, IngestionStatus ingestion, UsageLog usage, TimeProvider clock)
    {
        _servers = servers;
        _ingestion = ingestion;
        _clock = clock;
        usage.Called += (_, call) => Tell(listener => listener.SawCall(call));
        usage.Searched += (_, _) => Tell(listener => listener.SawSearch());
    }

    /// <summary>News from now on; the first of each kind at once, so that nothing is missed between an answer and the news after it.</summary>
    /// <param name="shows">Which calls are the listener's business; null for all, and for what all did together.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<LiveChange> ListenAsync(Func<CallAnswer, bool>? shows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LiveListener listener = new(shows);
        Join(listener);
        try
        {
            while (true)
            {
                foreach (LiveChange change in await listener.NextAsync(cancellationToken))
                {
                    yield return change;
                }

                await Task.Delay(Rest, _clock, cancellationToken);
            }
        }
        finally
        {
            Leave(listener);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            StopLooking();
        }
    }

    private void Join(LiveListener listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
            if (_looking is null)
            {
                _looking = new CancellationTokenSource();
                _ = LookAsync(_looking.Token);
            }
        }
    }

    private void Leave(LiveListener listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (_listeners.Count == 0)
            {
                StopLooking();
            }
        }
    }

    private void StopLooking()
    {
        _looking?.Cancel();
        _looking?.Dispose();
        _looking = null;
    }

    private void Tell(Action<LiveListener> tell)
    {
        lock (_lock)
        {
            foreach (LiveListener listener in _listeners)
            {
                tell(listener);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            string now = await StandingAsync(cancellationToken);
            if (last is not null && last != now)
            {
                Tell(listener => listener.SawServers());
            }

            last = now;
            await Task.Delay(LookInterval, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> StandingAsync(CancellationToken cancellationToken)
    {
        try
        {
            StringBuilder standing = new();
            foreach (ServerStanding server in await _servers.ListAsync(new CallerIdentity { IsAdmin = true }, cancellationToken))
            {
                standing.Append(server).Append('\n');
            }

            standing.AppendJoin('\n', _ingestion.Sources).AppendJoin('\n', _ingestion.Faults);
            return standing.ToString();
        }
#pragma warning disable CA1031 // News are a convenience: whoever asks for the overview itself is told what is wrong.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault.Message;
        }
    }
}
