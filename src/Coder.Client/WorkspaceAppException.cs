using System.Net;

namespace Coder.Client;

/// <summary>An application inside a workspace (AgentAPI or the metadata server) refused a call or could not be reached through Coder's proxy.</summary>
public sealed class WorkspaceAppException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : HttpRequestException(message, innerException, statusCode)
{
    /// <summary>What the application says about the failure (RFC 7807 <c>detail</c>), when it said anything.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether Coder's proxy wants the caller to sign in: the token was not accepted.</summary>
    public bool IsSignInRequired { get; init; }
}
