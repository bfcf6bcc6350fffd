using ModelContextProtocol.Protocol;

namespace Hosting.Stdio;

/// <summary>The requests that have no answer yet, so that a stop can wait for them.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _lock = new();
    private readonly HashSet<RequestId> _pending = [];
    private TaskCompletionSource? _drained;

    public void Add(RequestId id)
    {
        lock (_lock)
        {
            _pending.Add(id);
        }
    }

    public void Remove(RequestId id)
    {
        lock (_lock)
        {
            _pending.Remove(id);
            if (_pending.Count == 0)
            {
                _drained?.TrySetResult();
                _drained = null;
            }
        }
    }

    /// <summary>Completes when every request has its answer.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            if (_pending.Count == 0)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }
}
