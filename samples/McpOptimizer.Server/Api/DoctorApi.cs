using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tools;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/doctor[?profile=…]</c>: the report on what the caller may see, behind the host's access check. One at a time: it uses all processors.</summary>
internal static class DoctorApi
{
    public static void Map(WebApplication app)
    {
        SemaphoreSlim turn = new(1, 1);
        app.MapGet("/api/doctor", (RequestDelegate)(context => AnswerAsync(context, turn)));
    }

    private static async Task AnswerAsync(HttpContext context, SemaphoreSlim turn)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            await ApiCaller.RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Another report is being made; ask again in a few seconds.");
            return;
        }

        try
        {
            CallerIdentity caller = ApiCaller.Of(context, context.Request.Query["profile"] is [{ Length: > 0 } profile, ..] ? profile : null);
            string report = (await context.RequestServices.GetRequiredService<IDoctorService>().ExamineAsync(caller, cancellationToken: context.RequestAborted)).ToJson();
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(report, context.RequestAborted);
        }
        catch (ArgumentException e)
        {
            await ApiCaller.RefuseAsync(context, StatusCodes.Status400BadRequest, CliFaults.Sentence(e));
        }
        finally
        {
            turn.Release();
        }
    }
}
