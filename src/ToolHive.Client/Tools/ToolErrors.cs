using System.Net;
using ModelContextProtocol;

namespace ToolHive.Client.Tools;

/// <summary>Turns known failures into errors that tell the model what to do next.</summary>
internal static class ToolErrors
{
    /// <summary>The error for a failure; null for one that a model should not learn about.</summary>
    public static McpException? Translate(Exception exception) => exception switch
    {
        ToolHiveApiException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => Of(exception, $"{exception.Message} Ask the user to check ToolHive's token and rights."),
        ArgumentException argument => Of(exception, WithoutParameter(argument)),
        ToolArgumentException or HttpRequestException or KeyNotFoundException => Of(exception, exception.Message),
        OperationCanceledException => Of(exception, "ToolHive took too long. Try again, or look whether it is running."),
        _ => null,
    };

    private static McpException Of(Exception cause, string message) => new(message, cause);

    // The suffix names a parameter of ours, not of the tool's.
    private static string WithoutParameter(ArgumentException e) =>
        e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
}
