using System.Net;

namespace Coder.Client;

/// <summary>403: the token's user may not do this. Mostly Coder hides this as 404.</summary>
public sealed class CoderForbiddenException(string message) : CoderApiException(message, HttpStatusCode.Forbidden);
