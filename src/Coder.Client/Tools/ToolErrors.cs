using System.Globalization;
using System.Text.Json;
using Coder.Client.Models;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Protocol;

namespace Coder.Client.Tools;

/// <summary>Turns exceptions into results that say what is wrong and what to do next. What is not known stays hidden.</summary>
internal static class ToolErrors
{
    public const string Internal = "INTERNAL_ERROR";

    private const string InvalidInput = "INVALID_INPUT";
    private const string NotFound = "NOT_FOUND";
    private const string Conflict = "CONFLICT";
    private const string Unavailable = "SERVICE_UNAVAILABLE";
    private const string Unauthorized = "UNAUTHORIZED";
    private const string BuildFailed = "BUILD_FAILED";

    private static readonly Dictionary<string, string> None = [];

    public static ErrorBody Describe(Exception exception) => exception switch
    {
        ToolArgumentException e => Refuse(e),
        FleetException e => new ErrorBody { Code = Code(e.Code), Message = e.Message, Details = e.Details },
        CoderRateLimitException e => Of(Unavailable, e, $"Coder limits the rate of calls. {RetryHint(e.RetryAfter)}"),
        CoderUnauthorizedException e => Of(Unauthorized, e, "Coder refused the session token: it is wrong or expired. Ask the user for a new one."),
        CoderForbiddenException e => Of(Unauthorized, e, $"The token's user may not do this. {e.Message}"),
        CoderValidationException e => Of(InvalidInput, e, e.Message),
        CoderNotFoundException or CoderGoneException =>
            Of(NotFound, (CoderApiException)exception, $"It is not there any more, or not visible to the token's user. {exception.Message}"),
        CoderConflictException e => Of(Conflict, e, e.Message),
        CoderUnavailableException e => Of(Unavailable, e, $"Coder cannot be reached: {e.Message} {RetryHint(e.RetryAfter)}"),
        CoderApiException e => Of(Internal, e, e.Message),
        WorkspaceAppException e => new ErrorBody
        {
            Code = Unavailable,
            Message = $"The workspace cannot be reached: {e.Message} Try again in a moment.",
            Details = None,
        },
        ArgumentException or JsonException => new ErrorBody
        {
            Code = InvalidInput,
            Message = $"An argument cannot be read: {exception.Message}",
            Details = None,
        },
        _ => new ErrorBody { Code = Internal, Message = "Something unexpected went wrong; the server's log says what.", Details = None },
    };

    public static CallToolResult ToResult(ErrorBody error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = error.Message }],
        StructuredContent = JsonSerializer.SerializeToElement(new ErrorResult { Error = error }, FleetJsonContext.Default.ErrorResult),
    };

    private static ErrorBody Refuse(ToolArgumentException e)
    {
        string hint = e.Nearest is null ? "" : $" Did you mean '{e.Nearest}'?";
        string known = e.Known.Count == 0 ? "none" : string.Join(", ", e.Known);
        string message = e.Fault switch
        {
            ToolArgumentFault.Unknown => $"{e.Tool} has no parameter '{VisibleText.Shorten(e.Argument, 60)}'.{hint} Parameters: {known}.",
            ToolArgumentFault.Missing => $"{e.Tool} needs a value for '{e.Argument}'.",
            _ => $"An argument cannot be read: {e.Message}",
        };
        return new ErrorBody { Code = InvalidInput, Message = message, Details = new Dictionary<string, string> { ["field"] = e.Argument } };
    }

    private static string Code(FleetErrorCode code) => code switch
    {
        FleetErrorCode.InvalidInput => InvalidInput,
        FleetErrorCode.NotFound => NotFound,
        FleetErrorCode.Conflict => Conflict,
        FleetErrorCode.Unavailable => Unavailable,
        FleetErrorCode.BuildFailed => BuildFailed,
        FleetErrorCode.Unauthorized => Unauthorized,
        _ => Internal,
    };

    private static ErrorBody Of(string code, CoderApiException e, string message)
    {
        Dictionary<string, string> details = [];
        if (e.StatusCode is { } status)
        {
            details["coder_status"] = ((int)status).ToString(CultureInfo.InvariantCulture);
        }

        if (e.RequestId is { } id)
        {
            details["coder_request_id"] = id;
        }

        if (e.RetryAfter is { } wait)
        {
            details["retry_after_seconds"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        foreach (CoderFieldError field in e.Validations)
        {
            details[$"field_{field.Field}"] = field.Detail;
        }

        return new ErrorBody { Code = code, Message = message, Details = details };
    }

    private static string RetryHint(TimeSpan? wait) =>
        wait is { } time ? $"Try again in {Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s." : "Try again in a moment.";
}
