using System.Net;

namespace Coder.Client;

/// <summary>400: something in the request is malformed; see <see cref="CoderApiException.Validations"/>. A malformed id is 400 too, not 404.</summary>
public sealed class CoderValidationException(string message) : CoderApiException(message, HttpStatusCode.BadRequest);
