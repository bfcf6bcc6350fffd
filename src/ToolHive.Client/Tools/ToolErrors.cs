using System.Net;
using ModelContextProtocol;

namespace ToolHive.Client.Tools;

/// <summary>Turns known failures into errors that tell the model what to do next.</summary>
internal static class ToolErrors
{
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (ToolHiveApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new McpException($"{e.Message} Ask the user to check ToolHive's token and rights.", e);
        }
        catch (Exception e) when (e is HttpRequestException or KeyNotFoundException or ArgumentException)
        {
            throw new McpException(e is ArgumentException argument ? WithoutParameter(argument) : e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpException("ToolHive took too long. Try again, or look whether it is running.", e);
        }
    }

    // The suffix names a parameter of ours, not of the tool's.
    private static string WithoutParameter(ArgumentException e) => e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
}
