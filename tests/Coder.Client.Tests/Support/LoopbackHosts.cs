using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Coder.Client.Tests.Support;

/// <summary>Lets subdomain applications of the fake be reached: every host name leads to this machine.</summary>
internal static class LoopbackHosts
{
    public static void Use(IServiceCollection services) => services.AddHttpClient("Coder.Client.Apps").ConfigurePrimaryHttpMessageHandler((handler, _) =>
        ((SocketsHttpHandler)handler).ConnectCallback = static async (context, cancellationToken) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        });
}
