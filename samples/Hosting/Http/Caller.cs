using Hosting.Security;
using Microsoft.AspNetCore.Http;

namespace Hosting.Http;

/// <summary>Whose share of this host's room a request takes.</summary>
internal static class Caller
{
    /// <summary>The subject of the token, or the address where no token is required.</summary>
    public static string Of(HttpContext context) =>
        HostUser.Subject(context.User) is { } subject ? $"subject {subject}" : $"address {context.Connection.RemoteIpAddress}";
}
