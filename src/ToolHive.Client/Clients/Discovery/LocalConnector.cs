using System.IO.Pipes;
using System.Net.Sockets;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>Connects requests to a Unix socket or named pipe when their endpoint is one, to TCP otherwise.</summary>
internal static class LocalConnector
{
    /// <summary>Request option that carries the endpoint.</summary>
    public static readonly HttpRequestOptionsKey<ToolHiveEndpoint> Route = new("ToolHive.Client.Route");

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.Options.TryGetValue(Route, out ToolHiveEndpoint? endpoint))
        {
            if (endpoint.PipeName is { } pipeName)
            {
                return await ConnectPipeAsync(pipeName, cancellationToken).ConfigureAwait(false);
            }

            if (endpoint.SocketPath is { } path)
            {
                Socket local = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                return await ConnectSocketAsync(local, new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            }
        }

        return await ConnectSocketAsync(
            new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<Stream> ConnectSocketAsync(Socket socket, System.Net.EndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> ConnectPipeAsync(string name, CancellationToken cancellationToken)
    {
        NamedPipeClientStream pipe = new(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
