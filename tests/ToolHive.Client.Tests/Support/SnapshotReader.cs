using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;

namespace ToolHive.Client.Tests.Support;

/// <summary>Reads a watch in the background and waits for what it shall show.</summary>
public sealed class SnapshotReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _run;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private WorkloadSnapshot? _last;

    public SnapshotReader(IWorkloadDirectory directory) => _run = Task.Run(() => ReadAsync(directory));

    /// <summary>Snapshots seen so far.</summary>
    public int Count => Volatile.Read(ref _count);

    public async Task<WorkloadSnapshot> WaitForAsync(Func<WorkloadSnapshot, bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_last is not null && condition(_last))
                {
                    return _last;
                }

                changed = _changed.Task;
            }

            Task first = await Task.WhenAny(changed, _run).WaitAsync(limit.Token);
            if (first == _run)
            {
                await _run;
                throw new InvalidOperationException("The watch ended.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));
        _stop.Dispose();
    }

    private async Task ReadAsync(IWorkloadDirectory directory)
    {
        await foreach (WorkloadSnapshot snapshot in directory.WatchAsync(_stop.Token))
        {
            TaskCompletionSource changed;
            lock (_gate)
            {
                _last = snapshot;
                _count++;
                changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
        }
    }
}
