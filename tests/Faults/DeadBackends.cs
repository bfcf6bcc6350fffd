using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Faults;

/// <summary>An address that accepts every connection and never answers.</summary>
internal sealed class DeadBackends : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _accepted = [];

    public DeadBackends()
    {
        _listener.Start(backlog: 1024);
        _ = AcceptAsync();
    }

    public string UrlOf(int server) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{server}/mcp";

    public void Dispose()
    {
        _listener.Dispose();
        foreach (Socket socket in _accepted)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _accepted.Add(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test ends.
        }
    }
}
