using System.Text.Json;
using Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Health;

/// <summary><c>/health</c> says that the process answers; <c>/ready</c> says whether the checks tagged <c>ready</c> pass, and to whom a token lets in, why not.</summary>
internal static class HealthEndpoints
{
    public const string ReadyTag = "ready";

    private const string HealthPath = "/health";
    private const string ReadyPath = "/ready";

    public static bool Owns(PathString path) => path == HealthPath || path == ReadyPath;

    public static void Map(WebApplication app)
    {
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        ReadinessHistory history = context.RequestServices.GetRequiredService<ReadinessHistory>();
        await history.PublishAsync(report, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        if (context.RequestServices.GetRequiredService<AccessCheck>().MaySeeDetails(context))
        {
            WriteChecks(writer, report, history);
        }

        writer.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter writer, HealthReport report, ReadinessHistory history)
    {
        writer.WriteStartObject("checks");
        foreach ((string name, HealthReportEntry entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status", entry.Status.ToString());
            writer.WriteString("since", history.Since(name, entry.Status));
            writer.WriteString("description", entry.Description);
            writer.WriteNumber("durationMs", Math.Round(entry.Duration.TotalMilliseconds, 1));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
