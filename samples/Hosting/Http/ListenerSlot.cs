namespace Hosting.Http;

/// <summary>The place of one listener, given back once.</summary>
internal sealed class ListenerSlot(Action release) : IDisposable
{
    private Action? _release = release;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
