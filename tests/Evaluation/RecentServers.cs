namespace Evaluation;

/// <summary>The servers of a caller's last calls, as the optimizer remembers them.</summary>
internal sealed class RecentServers
{
    private const int RecentCalls = 10;

    private readonly Queue<string> _servers = [];

    /// <summary>How many of the last calls went to each server.</summary>
    public IReadOnlyDictionary<string, int> Counts => _servers.CountBy(server => server).ToDictionary();

    /// <summary>Notes a call.</summary>
    public void Add(string server)
    {
        _servers.Enqueue(server);
        if (_servers.Count > RecentCalls)
        {
            _servers.Dequeue();
        }
    }
}
