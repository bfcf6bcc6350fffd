using System.Threading.Channels;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api.Live;

/// <summary>One who listens: what he has not been told yet.</summary>
internal sealed class LiveListener
{
    private readonly Func<CallAnswer, bool>? _shows;
    private readonly Lock _lock = new();
    private readonly HashSet<LiveChange> _untold = [LiveChange.Calls, LiveChange.Overview];
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public LiveListener(Func<CallAnswer, bool>? shows)
    {
        _shows = shows;
        _news.Writer.TryWrite(true);
    }

    public void SawCall(CallAnswer call)
    {
        if (_shows is null)
        {
            Add(LiveChange.Calls, LiveChange.Overview);
        }
        else if (_shows(call))
        {
            Add(LiveChange.Calls);
        }
    }

    public void SawSearch()
    {
        // What all did together is not for everybody.
        if (_shows is null)
        {
            Add(LiveChange.Overview);
        }
    }

    public void SawServers() => Add(LiveChange.Overview);

    /// <summary>What he has not been told yet; waits until there is something.</summary>
    public async Task<IReadOnlyList<LiveChange>> NextAsync(CancellationToken cancellationToken)
    {
        await _news.Reader.ReadAsync(cancellationToken);
        lock (_lock)
        {
            LiveChange[] untold = [.. _untold.Order()];
            _untold.Clear();
            return untold;
        }
    }

    private void Add(params ReadOnlySpan<LiveChange> changes)
    {
        lock (_lock)
        {
            foreach (LiveChange change in changes)
            {
                _untold.Add(change);
            }

            _news.Writer.TryWrite(true);
        }
    }
}
