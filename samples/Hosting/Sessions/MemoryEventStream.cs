using System.Globalization;
using System.Net.ServerSentEvents;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>The latest events of one stream.</summary>
internal sealed class MemoryEventStream(string sessionId, string streamId, SseEventStreamMode mode) : ISseEventStreamWriter
{
    private const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly Queue<(long Number, SseItem<JsonRpcMessage?> Item)> _events = new();
    private TaskCompletionSource _changed = NewSignal();
    private SseEventStreamMode _mode = mode;
    private long _last;
    private bool _ended;

    public string SessionId => sessionId;

    public string StreamId => streamId;

    /// <summary>Names the stream inside event ids: stream ids are the client's request ids and may hold anything.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _mode = mode;
            Signal();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        if (sseItem.EventId is not null)
        {
            return ValueTask.FromResult(sseItem);
        }

        lock (_lock)
        {
            _last++;
            SseItem<JsonRpcMessage?> stored = new(sseItem.Data, sseItem.EventType)
            {
                EventId = string.Create(CultureInfo.InvariantCulture, $"{sessionId}.{Key}.{_last}"),
                ReconnectionInterval = sseItem.ReconnectionInterval,
            };
            _events.Enqueue((_last, stored));
            if (_events.Count > Capacity)
            {
                _events.Dequeue();
            }

            Signal();
            return ValueTask.FromResult(stored);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _ended = true;
            Signal();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The events after one, whether there will be more, and what to wait for until there are.</summary>
    public (IReadOnlyList<(long Number, SseItem<JsonRpcMessage?> Item)> Events, bool Final, Task Changed) After(long number)
    {
        lock (_lock)
        {
            return ([.. _events.Where(entry => entry.Number > number)], _ended || _mode == SseEventStreamMode.Polling, _changed.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }
}
