using System.Net;

namespace Coder.Client;

/// <summary>429: too many calls to one path in a minute; see <see cref="CoderApiException.RetryAfter"/>.</summary>
public sealed class CoderRateLimitException(string message) : CoderApiException(message, HttpStatusCode.TooManyRequests);
