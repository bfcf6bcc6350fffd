using System.Net;
using Hosting.Security;
using Microsoft.AspNetCore.Connections;

namespace Hosting.Http;

/// <summary>Closes connections beyond the limit at once. The web server's own limit does the same, but writes a line for each.</summary>
internal sealed class ConnectionLimit(int most, RefusalLog refusals)
{
    private int _open;

    public async Task InvokeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= most)
            {
                await next(connection);
                return;
            }

            refusals.Write(Refused.Limit, (connection.RemoteEndPoint as IPEndPoint)?.Address, $"all {most} connections are in use (Host:MaxConnections).");
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
