using System.Globalization;
using System.Net;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Turns what went wrong into the contract's error and a status.</summary>
internal sealed record ToolFailure(int Status, ContractError Error)
{
    private const int LongestServerText = 1000;

    /// <summary>The error for an exception; null when it is not one that a caller should learn about.</summary>
    public static ToolFailure? From(Exception exception, ToolArguments? arguments) => exception switch
    {
        ToolArgumentException argument => From(HorreumContractException.Of(argument), arguments),
        HorreumContractException refused => new ToolFailure(StatusOf(refused.Error.Code), refused.Error),
        HorreumApiException api => FromServer(api, arguments),
        HorreumTimeoutException late => new ToolFailure(504, new ContractError(ErrorCode.Timeout, $"Horreum did not answer in time. {late.Message}")
        {
            Details = Details(arguments, ("timeoutSeconds", late.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture))),
        }),
        HorreumRateLimitException full => new ToolFailure(429, new ContractError(ErrorCode.RateLimited, full.Message)
        {
            Details = Details(arguments),
            RetryAfter = full.RetryAfter,
        }),
        HorreumResponseTooLargeException large => new ToolFailure(413, new ContractError(
            ErrorCode.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The content is larger than {large.Limit} bytes, the most that this server answers (maxDatasetSize)."))
        {
            Details = Details(
                arguments,
                ("maxDatasetSize", large.Limit.ToString(CultureInfo.InvariantCulture)),
                ("suggestion", "ask for a part with schemaUri, for label values, or for a smaller page")),
        }),
        HttpRequestException unreachable => new ToolFailure(503, new ContractError(ErrorCode.ServiceUnavailable, "Horreum cannot be reached, or the connection broke.")
        {
            Details = Details(arguments, ("cause", unreachable.HttpRequestError.ToString())),
        }),
        JsonException => new ToolFailure(502, new ContractError(ErrorCode.InternalError, "Horreum answered with something that is not JSON.")),
        _ => null,
    };

    /// <summary>The error for a fault of ours, which says nothing about its inside.</summary>
    public static ToolFailure Unexpected() =>
        new(500, new ContractError(ErrorCode.InternalError, "The server failed in a way that it should not; its log says more under the correlation id."));

    private static ToolFailure FromServer(HorreumApiException api, ToolArguments? arguments)
    {
        string text = ServerText(api);
        (int status, ErrorCode code, string message) = (int?)api.StatusCode switch
        {
            >= 200 and < 300 => (502, ErrorCode.InternalError, $"Horreum answered {api.Path} with something that is not the JSON it should be."),
            >= 300 and < 400 => (502, ErrorCode.InternalError, "Horreum answered with a redirect, which is not followed: check the base address."),
            401 => (401, ErrorCode.InvalidRequest, "Horreum does not accept the credential: check HORREUM_TOKEN (an API key or a JWT that has not expired)."),
            403 => (403, ErrorCode.InvalidRequest, "Horreum does not allow this to the credential's user: a role or a team is missing."),
            404 => (404, ErrorCode.NotFound, NotFound(text, arguments)),
            429 => (429, ErrorCode.RateLimited, "Horreum has too many requests."),
            502 => (502, ErrorCode.ServiceUnavailable, "Horreum is not available (bad gateway)."),
            503 => (503, ErrorCode.ServiceUnavailable, "Horreum is not available."),
            504 or 408 => (504, ErrorCode.Timeout, "Horreum took too long."),
            >= 400 and < 500 and { } refused => (refused, ErrorCode.InvalidRequest, text.Length > 0 ? $"Horreum refused the request: {text}" : "Horreum refused the request."),
            _ => (500, ErrorCode.InternalError, "Horreum failed on this request."),
        };
        return new ToolFailure(status, new ContractError(code, message)
        {
            RetryAfter = api.RetryAfter,
            Details = Details(
                arguments,
                ("upstreamStatus", ((int?)api.StatusCode)?.ToString(CultureInfo.InvariantCulture) ?? ""),
                ("upstreamPath", api.Path),
                ("upstreamText", text)),
        });
    }

    private static string NotFound(string text, ToolArguments? arguments)
    {
        string asked = string.Join(", ", arguments?.Keys().Select(pair => $"{pair.Key} {pair.Value}") ?? []);
        string subject = asked.Length > 0 ? $"Horreum has nothing for {asked}, or the credential may not see it." : "Horreum has no such thing.";
        return text.Length > 0 ? $"{subject} It says: {text}" : subject;
    }

    // Horreum explains itself in plain sentences; a page of a proxy explains nothing.
    private static string ServerText(HorreumApiException api)
    {
        string text = api.ResponseBody?.Trim() ?? "";
        return text.StartsWith('<') ? "" : text.Length <= LongestServerText ? text : text[..LongestServerText] + "…";
    }

    private static Dictionary<string, string>? Details(ToolArguments? arguments, params ReadOnlySpan<(string Name, string Value)> more)
    {
        Dictionary<string, string> details = new(arguments?.Keys() ?? []);
        foreach ((string name, string value) in more)
        {
            if (value.Length > 0)
            {
                details[name] = value;
            }
        }

        return details.Count == 0 ? null : details;
    }

    private static int StatusOf(ErrorCode code) => (int)(code switch
    {
        ErrorCode.NotFound => HttpStatusCode.NotFound,
        ErrorCode.InvalidRequest => HttpStatusCode.BadRequest,
        ErrorCode.RateLimited => HttpStatusCode.TooManyRequests,
        ErrorCode.ServiceUnavailable => HttpStatusCode.ServiceUnavailable,
        ErrorCode.Timeout => HttpStatusCode.GatewayTimeout,
        _ => HttpStatusCode.InternalServerError,
    });
}
