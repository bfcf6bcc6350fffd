using System.Net;
using Microsoft.AspNetCore.Http;

namespace Hosting.Security;

/// <summary>What an address to listen on means for who can reach it.</summary>
internal static class BindAddress
{
    public static bool IsValid(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            return address is { IsUnixPipe: false, IsNamedPipe: false, PathBase: "" } && address.Scheme is "http" or "https" && address.Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public static bool IsLoopback(string url) => IsLoopbackHost(Host(url));

    public static string Host(string url) => BindingAddress.Parse(url).Host;

    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
