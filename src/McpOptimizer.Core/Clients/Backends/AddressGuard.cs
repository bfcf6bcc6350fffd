using System.Net;
using System.Net.Sockets;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Which addresses backends may be at. Checked on the address that is connected to, so that a name cannot hide one.</summary>
internal sealed class AddressGuard(BackendSettings settings)
{
    // Metadata services outside the link-local ranges: Alibaba Cloud, Azure's host agent, AWS over IPv6, Oracle's legacy one.
    private static readonly IPAddress[] MetadataServices =
    [
        IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("192.0.0.192"),
    ];

    /// <summary>Refuses an address that is wrong on its face.</summary>
    /// <exception cref="BackendAddressException">It is not http or https, or names a forbidden address.</exception>
    public void Check(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new BackendAddressException($"the address uses '{url.Scheme}'; only http and https are allowed");
        }

        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address))
        {
            Check(url.Host, address);
        }
    }

    /// <summary>Resolves a host name and connects to the first allowed address that answers.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken = default)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        foreach (IPAddress address in addresses)
        {
            Check(host, address);
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is one that backends must not be at.</summary>
    internal static bool IsForbidden(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (MetadataServices.Contains(plain))
        {
            return true;
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.IPv6Any) || IsForbiddenInside(plain);
        }

        Span<byte> bytes = stackalloc byte[4];
        return plain.TryWriteBytes(bytes, out _) && (bytes[0] == 0 || bytes[0] >= 224 || (bytes[0] == 169 && bytes[1] == 254));
    }

    // An IPv4 address carried in a NAT64 (64:ff9b::/96) or IPv4-compatible (::/96) address reaches the same machine.
    private static bool IsForbiddenInside(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out _) || address.Equals(IPAddress.IPv6Loopback))
        {
            return false;
        }

        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        return (bytes.StartsWith(nat64) || bytes[..12].IndexOfAnyExcept((byte)0) < 0) && IsForbidden(new IPAddress(bytes[12..]));
    }

    private void Check(string host, IPAddress address)
    {
        if (!settings.AllowLinkLocalAddresses && IsForbidden(address) && !settings.TrustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new BackendAddressException(
                $"'{host}' leads to {address}, a link-local, metadata, multicast or unspecified address; list the host in TrustedHosts if that is meant");
        }
    }
}
