using Microsoft.Extensions.Options;

namespace Coder.Client.Clients;

/// <summary>
/// Adds the session token to calls of workspace applications as a cookie. Coder's proxy removes cookies of its own but passes its header on, so a
/// header would hand the token to whatever runs in the workspace.
/// </summary>
internal sealed class AppCookieHandler(IOptions<CoderClientOptions> options, AppHosts hosts) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } address && hosts.IsServedByCoder(address))
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"{CoderHeaders.SessionCookie}={options.Value.SessionToken}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
