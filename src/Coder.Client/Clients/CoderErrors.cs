using System.Globalization;
using System.Net;
using System.Text.Json;
using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Turns an answer that is not a success into the exception for its status.</summary>
internal static class CoderErrors
{
    private const int LargestBody = 64 * 1024;

    /// <summary>The text by which Coder tells an unknown route from a missing thing.</summary>
    private const string UnknownRoute = "Route not found.";

    public static async Task<CoderApiException> ReadAsync(
        HttpResponseMessage response, CoderCall call, string? secret, TimeProvider clock, CancellationToken cancellationToken)
    {
        CoderError error = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        string? said = BoundedBody.Sentence(error.Message, secret);
        string? detail = BoundedBody.Sentence(error.Detail, secret);
        CoderFieldError[] fields =
        [
            .. error.Validations.Select(
                field => new CoderFieldError(BoundedBody.Sentence(field.Field, secret) ?? "", BoundedBody.Sentence(field.Detail, secret) ?? "")),
        ];
        int status = (int)response.StatusCode;
        string message = $"{call} returned {status.ToString(CultureInfo.InvariantCulture)}{Explain(response, said, fields)}";
        string? requestId = response.Headers.TryGetValues(CoderHeaders.RequestId, out IEnumerable<string>? ids) ? ids.FirstOrDefault() : null;
        TimeSpan? retryAfter = RetryDelay.Read(response, clock);

        // Neither "not found" nor "not allowed" is Coder's word then, and an agent must not be reported as missing for it.
        return response.StatusCode is >= HttpStatusCode.BadRequest and not HttpStatusCode.TooManyRequests && BoundedBody.IsForeign(response.Content)
            ? new CoderUnavailableException(message, response.StatusCode).Tell(call.Method, call.Path, null, null, [], requestId, retryAfter)
            : Of(response.StatusCode, message, said).Tell(call.Method, call.Path, said, detail, fields, requestId, retryAfter);
    }

    private static CoderApiException Of(HttpStatusCode status, string message, string? said) => status switch
    {
        HttpStatusCode.BadRequest => new CoderValidationException(message),
        HttpStatusCode.Unauthorized => new CoderUnauthorizedException(message),
        HttpStatusCode.Forbidden => new CoderForbiddenException(message),
        HttpStatusCode.NotFound => new CoderNotFoundException(message) { IsUnknownRoute = said == UnknownRoute },
        HttpStatusCode.Conflict => new CoderConflictException(message),
        HttpStatusCode.Gone => new CoderGoneException(message),
        HttpStatusCode.TooManyRequests => new CoderRateLimitException(message),
        >= HttpStatusCode.InternalServerError => new CoderUnavailableException(message, status),
        _ => new CoderApiException(message, status),
    };

    private static string Explain(HttpResponseMessage response, string? said, CoderFieldError[] fields)
    {
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            string target = response.Headers.Location is { IsAbsoluteUri: true } location
                ? $" to {ShownAddress.Of(location.GetLeftPart(UriPartial.Authority))}"
                : "";
            return $": a redirect{target}, which is not followed because it would carry the token along. Check the deployment's address.";
        }

        if (said is null)
        {
            return BoundedBody.IsForeign(response.Content) ? $" {BoundedBody.DescribeForeign(response.Content)}." : ".";
        }

        string faults = string.Join("; ", fields.Select(field => $"{field.Field}: {field.Detail}"));
        return faults.Length == 0 ? $": {said}" : $": {said} {faults}";
    }

    private static async Task<CoderError> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!BoundedBody.IsJson(response.Content))
        {
            return new CoderError();
        }

        try
        {
            byte[]? body = await BoundedBody.ReadAsync(response.Content, LargestBody, cancellationToken).ConfigureAwait(false);
            return body is null ? new CoderError() : JsonSerializer.Deserialize(body, CoderJsonContext.Default.CoderError) ?? new CoderError();
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            // The status is what matters; a broken explanation must not hide it.
            return new CoderError();
        }
    }
}
