using System.Net;

namespace Coder.Client;

/// <summary>401: the session token is missing, wrong or expired.</summary>
public sealed class CoderUnauthorizedException(string message) : CoderApiException(message, HttpStatusCode.Unauthorized);
