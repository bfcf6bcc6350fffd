using System.Net;

namespace Coder.Client;

/// <summary>404: not there, or not visible to the token's user.</summary>
public sealed class CoderNotFoundException(string message) : CoderApiException(message, HttpStatusCode.NotFound)
{
    /// <summary>Whether the server does not know the route at all, which is how an older or newer server answers.</summary>
    public bool IsUnknownRoute { get; init; }
}
