using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>Counts the requests being handled, so that a stop can wait for them.</summary>
internal sealed class RunningCalls
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _drained;
    private int _running;

    public McpMessageHandler Filter(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is not JsonRpcRequest)
        {
            await next(context, cancellationToken);
            return;
        }

        Add(1);
        try
        {
            await next(context, cancellationToken);
        }
        finally
        {
            Add(-1);
        }
    };

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task.WaitAsync(cancellationToken);
        }
    }

    private void Add(int change)
    {
        lock (_lock)
        {
            _running += change;
            if (_running == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }
}
