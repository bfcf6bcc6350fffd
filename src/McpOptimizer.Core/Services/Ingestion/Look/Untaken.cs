namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>
/// The tools that were listed and are not taken over yet. Servers answer faster than their tools are scanned, embedded and stored: no further one is asked
/// while so many wait, or a large catalogue would be in memory as it was received.
/// </summary>
internal sealed class Untaken
{
    // Two batches: one that is written, and one that is there when it is.
    private const int MostTools = 2 * WorkloadInbox.MostTools;

    private readonly Lock _gate = new();
    private int _tools;
    private TaskCompletionSource? _room;

    /// <summary>Waits until there is room for another listing.</summary>
    public async Task WaitForRoomAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_tools < MostTools)
                {
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Counts the tools of a listing until they are taken over.</summary>
    /// <returns>To dispose then.</returns>
    public IDisposable Count(int tools)
    {
        lock (_gate)
        {
            _tools += tools;
        }

        return new Counted(this, tools);
    }

    private void Take(int tools)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _tools -= tools;
            if (_tools >= MostTools)
            {
                return;
            }

            (room, _room) = (_room, null);
        }

        room?.SetResult();
    }

    private sealed class Counted(Untaken untaken, int tools) : IDisposable
    {
        private bool _isTaken;

        public void Dispose()
        {
            if (!_isTaken)
            {
                _isTaken = true;
                untaken.Take(tools);
            }
        }
    }
}
