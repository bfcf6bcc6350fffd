using System.Security.Cryptography;
using System.Text;

namespace CompanyMcpHost;

/// <summary>Who may call: on loopback, this machine's programs; anywhere else, whoever has the token. Pages of other sites never.</summary>
/// <param name="token">The token (setting <c>BearerToken</c>); null or empty for none.</param>
internal sealed class Access(string? token)
{
    private readonly byte[]? _token = string.IsNullOrWhiteSpace(token) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim()));

    /// <summary>Why the server must not start with these addresses; null when it may.</summary>
    public string? FindFault(string? urls)
    {
        foreach (string url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address = BindingAddress.Parse(url);
            bool isLoopback = address.IsUnixPipe || (Uri.TryCreate($"http://{address.Host}", UriKind.Absolute, out Uri? host) && host.IsLoopback);
            if (!isLoopback && _token is null)
            {
                return $"The address {url} can be reached from other machines: set BearerToken (environment, settings file), or listen on 127.0.0.1.";
            }
        }

        return null;
    }

    /// <summary>Answers 403 to pages of other sites and 401 without the token.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? site) && site.IsLoopback))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (_token is not null && !IsToken(context.Request.Headers.Authorization.ToString()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }

        return next(context);
    }

    // Compared by hash and in constant time: neither length nor beginning shows in how long it takes.
    private bool IsToken(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[7..].Trim())), _token);
}
