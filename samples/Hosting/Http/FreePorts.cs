using System.Net;
using System.Net.Sockets;

namespace Hosting.Http;

/// <summary>
/// Looks whether the addresses can be listened on before anything else starts: what a host starts first, servers and sweeps, would have to be stopped again, with a log
/// full of cancelled work, for the sake of one sentence.
/// </summary>
internal static class FreePorts
{
    /// <exception cref="AddressTakenException">One of them is in use.</exception>
    public static void Require(IEnumerable<string> urls)
    {
        foreach (string url in urls)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Port > 0)
            {
                foreach (IPAddress address in Addresses(uri.Host))
                {
                    Try(url, new IPEndPoint(address, uri.Port));
                }
            }
        }
    }

    // What is no address is the web server's to understand, and so is every other fault.
    private static IPAddress[] Addresses(string host) => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? [address]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback]
        : [];

    private static void Try(string url, IPEndPoint endPoint)
    {
        try
        {
            using Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen(1);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressTakenException(url, e);
        }
        catch (SocketException)
        {
            // The web server says it better.
        }
    }
}
