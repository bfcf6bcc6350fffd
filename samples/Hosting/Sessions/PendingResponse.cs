namespace Hosting.Sessions;

/// <summary>A response that is being waited for: until it comes, the client leaves or cancels the request, or the session ends.</summary>
internal sealed class PendingResponse : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly Action<PendingResponse> _remove;

    public PendingResponse(Action<PendingResponse> remove, CancellationToken clientGone, CancellationToken sessionClosed)
    {
        _remove = remove;
        _source = CancellationTokenSource.CreateLinkedTokenSource(clientGone, sessionClosed);
        Ended = _source.Token;
    }

    public CancellationToken Ended { get; }

    public void End()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The response came at the same time.
        }
    }

    public void Dispose()
    {
        _remove(this);
        _source.Dispose();
    }
}
