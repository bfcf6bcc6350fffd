using Fleet.Metadata.Models;

namespace Fleet.Metadata.Server;

/// <summary>Answers what nobody expected in the contract's form, without saying more than it should.</summary>
internal static partial class FailureResponse
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FailureResponse)), exception, context.Request.Path);
            MetadataError error = new() { Error = "Internal server error", Message = "Failed to collect metadata. The server's log says why." };
            await MetadataEndpoints.WriteAsync(context, error, StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "{Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string path);
}
