using System.Net;
using System.Net.Sockets;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Which addresses backends may be at. Checked on the address that is connected to, so that a name cannot hide one.</summary>
internal sealed class AddressGuard(BackendSettings settings)
{
    /// <summary>On a request that a backend's own words lead to (a login): the backend's host, the only one at which such a request may reach a private address.</summary>
    public static readonly HttpRequestOptionsKey<string> LedBy = new("McpOptimizer.LedBy");

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
            Check(url.Host, address, ledBy: null);
        }
    }

    /// <summary>Refuses an address that a backend named and that lies in a private network, unless it is the backend's own host. Asked before each request: an open connection is not checked again.</summary>
    /// <exception cref="BackendAddressException">It does.</exception>
    public async Task CheckLedAsync(Uri url, string ledBy, CancellationToken cancellationToken = default)
    {
        if (IsAllowedFor(url.Host, ledBy))
        {
            return;
        }

        IPAddress[] addresses;
        try
        {
            addresses = await ResolveAsync(url.Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A proxy may know the name; without one, sending says the same.
            return;
        }

        foreach (IPAddress address in addresses)
        {
            Check(url.Host, address, ledBy);
        }
    }

    /// <summary>Resolves a host name and connects to the first allowed address that answers.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken = default)
    {
        string host = context.DnsEndPoint.Host;
        HttpRequestMessage request = context.InitialRequestMessage;
        // Any other host is a proxy, which the operator named.
        bool isTarget = string.Equals(host.Trim('[', ']'), request.RequestUri?.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        string? ledBy = isTarget && request.Options.TryGetValue(LedBy, out string? leader) && !IsAllowedFor(host, leader) ? leader : null;
        IPAddress[] addresses = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        foreach (IPAddress address in addresses)
        {
            Check(host, address, ledBy);
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
        IPAddress plain = Plain(address);
        if (MetadataServices.Contains(plain))
        {
            return true;
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.IPv6Any) || Carried(plain).Any(IsForbidden);
        }

        Span<byte> bytes = stackalloc byte[4];
        return plain.TryWriteBytes(bytes, out _) && (bytes[0] == 0 || bytes[0] >= 224 || (bytes[0] == 169 && bytes[1] == 254));
    }

    /// <summary>Whether an address is of this machine or of a network that is not the public one.</summary>
    internal static bool IsPrivate(IPAddress address)
    {
        IPAddress plain = Plain(address);
        if (IPAddress.IsLoopback(plain))
        {
            return true;
        }

        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return plain.IsIPv6UniqueLocal || plain.IsIPv6SiteLocal || Carried(plain).Any(IsPrivate);
        }

        Span<byte> bytes = stackalloc byte[4];
        return plain.TryWriteBytes(bytes, out _)
            && (bytes[0] is 10 or 127
                || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
                || (bytes[0] == 192 && bytes[1] == 168)
                || (bytes[0] == 198 && bytes[1] is 18 or 19)
                || (bytes[0] == 100 && bytes[1] is >= 64 and <= 127));
    }

    // IPv4 addresses inside an IPv6 address: gateways and tunnels may bring a packet for the one to the other.
    private static List<IPAddress> Carried(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        List<IPAddress> carried = [];
        if (IPAddress.IPv6Loopback.Equals(address))
        {
            return carried;
        }

        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b];
        ReadOnlySpan<byte> translated = [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0];
        ReadOnlySpan<byte> teredo = [0x20, 0x01, 0, 0];
        ReadOnlySpan<byte> isatap = [0, 0x5e, 0xfe];
        if (bytes.AsSpan().StartsWith(nat64) || bytes.AsSpan().StartsWith(translated) || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0
            || bytes.AsSpan(9, 3).SequenceEqual(isatap))
        {
            carried.Add(new IPAddress(bytes.AsSpan(12)));
        }

        if (bytes is [0x20, 0x02, ..])
        {
            carried.Add(new IPAddress(bytes.AsSpan(2, 4)));
        }

        if (bytes.AsSpan().StartsWith(teredo))
        {
            // The server's address as it is, the client's with all bits turned over.
            carried.Add(new IPAddress(bytes.AsSpan(4, 4)));
            carried.Add(new IPAddress([.. bytes[12..].Select(value => (byte)~value)]));
        }

        return carried;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

    // This machine goes by several names.
    private bool IsAllowedFor(string host, string leader) =>
        string.Equals(host, leader, StringComparison.OrdinalIgnoreCase)
        || (IsThisMachine(host) && IsThisMachine(leader))
        || settings.TrustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private void Check(string host, IPAddress address, string? ledBy)
    {
        if (!settings.AllowLinkLocalAddresses && IsForbidden(address) && !settings.TrustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new BackendAddressException(
                $"'{host}' leads to {address}, a link-local, metadata, multicast or unspecified address; list the host in TrustedHosts if that is meant");
        }

        if (ledBy is not null && IsPrivate(address))
        {
            throw new BackendAddressException(
                $"the login leads to '{host}' at {address}, in a private network and not the server's own host; list the host in TrustedHosts if that is meant");
        }
    }
}
