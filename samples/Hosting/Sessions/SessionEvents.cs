namespace Hosting.Sessions;

/// <summary>The streams of one session: all that are being written, and of those that have ended the latest.</summary>
internal sealed class SessionEvents
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<MemoryEventStream> _streams = new();

    public void Add(MemoryEventStream stream)
    {
        lock (_lock)
        {
            _streams.AddLast(stream);
            if (_streams.Count > Capacity && _streams.FirstOrDefault(old => old.HasEnded) is { } oldest)
            {
                _streams.Remove(oldest);
            }
        }
    }

    public MemoryEventStream? Find(string key)
    {
        lock (_lock)
        {
            return _streams.FirstOrDefault(stream => stream.Key == key);
        }
    }
}
