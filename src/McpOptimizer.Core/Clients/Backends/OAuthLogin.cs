using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One interactive login: a loopback address takes the browser's answer, the SDK does the rest, the tokens are stored at the end.</summary>
internal sealed class OAuthLogin(BackendTransportFactory transports, ILoggerFactory loggerFactory)
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes("The login is done as far as the browser goes; this page can be closed.");

    /// <summary>Logs in.</summary>
    /// <param name="endpoint">The backend; with <see cref="BackendEndpoint.OAuth"/>.</param>
    /// <param name="show">Given the address to open in a browser.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">The backend has no OAuth entry, or the login failed.</exception>
    public async Task RunAsync(BackendEndpoint endpoint, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken = default)
    {
        if (endpoint.OAuth is null)
        {
            throw new BackendException(endpoint.ServerName, BackendFailure.InvalidEndpoint, $"The entry of server '{endpoint.ServerName}' has no \"oauth\" member; there is nothing to log in to.");
        }

        SecretRedactor redactor = new(endpoint);
        using HttpListener listener = new();
        Uri redirect = new($"http://127.0.0.1:{endpoint.OAuth.RedirectPort ?? FreePort()}/callback");
        listener.Prefixes.Add(redirect + "/");
        OAuthTokenMemory brought = new();
        BackendTransport? transport = null;
        try
        {
            listener.Start();
            transport = transports.CreateForLogin(
                endpoint, OAuthSetup.Attended(endpoint, redirect, brought, transports.TokensOf(endpoint), (context, token) => AuthorizeAsync(context, listener, show, token)));
            await using (transport.ConfigureAwait(false))
            {
                McpClient client = await McpClient.CreateAsync(transport.Client, null, new SdkLoggerFactory(loggerFactory, redactor), cancellationToken).ConfigureAwait(false);
                await client.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (brought.Tokens is not null
            && e is McpProtocolException or JsonException or HttpRequestException { StatusCode: not (null or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) })
        {
            // The login is done; how the server wants to be greeted is found out when it is used.
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw e as BackendException ?? new BackendException(
                endpoint.ServerName, BackendFailure.Unauthorized, $"The login to server '{endpoint.ServerName}' failed: {redactor.Redact((transport?.Http?.Refusal ?? e).Message)}", e);
        }

        transports.TokensOf(endpoint).Write(brought.Tokens ?? throw new BackendException(
            endpoint.ServerName, BackendFailure.Unauthorized, $"Server '{endpoint.ServerName}' asked for no login."));
    }

    private static async Task<AuthorizationResult> AuthorizeAsync(
        AuthorizationCallbackContext context, HttpListener listener, Func<Uri, CancellationToken, Task> show, CancellationToken cancellationToken)
    {
        await show(context.AuthorizationUri, cancellationToken).ConfigureAwait(false);
        HttpListenerContext answer = await listener.GetContextAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        answer.Response.ContentType = "text/plain";
        await answer.Response.OutputStream.WriteAsync(Page, cancellationToken).ConfigureAwait(false);
        answer.Response.Close();
        return new AuthorizationResult
        {
            Code = answer.Request.QueryString["code"] ?? throw new InvalidOperationException($"the authorization server answered {answer.Request.QueryString["error"] ?? "without a code"}"),
            State = answer.Request.QueryString["state"],
            Iss = answer.Request.QueryString["iss"],
        };
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
