using ModelContextProtocol.Protocol;

namespace Hosting.Stdio;

/// <summary>The requests that have no answer yet, so that a stop can wait for them.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _lock = new();

    // A client may use an id again as soon as it has read the answer, which is before the answer is noted here.
    private readonly Dictionary<RequestId, int> _pending = [];
    private TaskCompletionSource? _drained;

    public void Add(RequestId id)
    {
        lock (_lock)
        {
            _pending[id] = _pending.GetValueOrDefault(id) + 1;
        }
    }

    public void Remove(RequestId id)
    {
        lock (_lock)
        {
            if (_pending.TryGetValue(id, out int times))
            {
                if (times > 1)
                {
                    _pending[id] = times - 1;
                }
                else
                {
                    _pending.Remove(id);
                }
            }

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
