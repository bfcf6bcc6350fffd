using System.Text.Json.Serialization.Metadata;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;

namespace Fleet.Metadata.Server;

/// <summary>The read-only HTTP side: everything, one entry, and health in the words of the contract.</summary>
internal static class MetadataEndpoints
{
    // The host answers /health too; of two routes that match, the one with the lower order is taken.
    private const int BeforeTheHost = -1;

    public static void Map(WebApplication app)
    {
        app.MapGet("/metadata", GetAllAsync);
        app.MapGet("/metadata/{key}", GetOneAsync);
        app.Map("/health", GetHealthAsync).WithOrder(BeforeTheHost).AllowAnonymous();
    }

    public static Task WriteAsync<T>(HttpContext context, T body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        JsonTypeInfo<T> type = (JsonTypeInfo<T>)FleetMetadataJson.DefaultOptions.GetTypeInfo(typeof(T));
        return context.Response.WriteAsJsonAsync(body, type, cancellationToken: context.RequestAborted);
    }

    private static async Task GetAllAsync(HttpContext context, IMetadataService metadata) =>
        await WriteAsync(context, await metadata.GetAllAsync(context.RequestAborted));

    private static async Task GetOneAsync(string key, HttpContext context, IMetadataService metadata)
    {
        MetadataResponse all = await metadata.GetAllAsync(context.RequestAborted);
        if (all.Data.TryGetValue(key, out MetadataEntry? entry))
        {
            await WriteAsync(context, entry);
            return;
        }

        MetadataError error = new() { Error = "Not found", Message = MetadataKeys.ExplainMissing(key, all) };
        await WriteAsync(context, error, StatusCodes.Status404NotFound);
    }

    private static Task GetHealthAsync(HttpContext context, IMetadataHealthService health)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        HealthReport report = health.Check();
        return WriteAsync(context, report, report.Error is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
