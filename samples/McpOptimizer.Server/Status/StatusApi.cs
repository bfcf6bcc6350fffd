using Hosting.Security;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Status;

/// <summary>
/// For the command line of the person who runs the optimizer: <c>GET /command-line/servers</c>, <c>tools[?server=…]</c> and <c>logs?server=…</c>. Commands, addresses and
/// what servers write may stand in them, so they are for administrators.
/// </summary>
internal static class StatusApi
{
    public const string Servers = "/command-line/servers";
    public const string Tools = "/command-line/tools";
    public const string Logs = "/command-line/logs";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Servers, (RequestDelegate)ServersAsync).RequireAdmin();
        app.MapGet(Tools, (RequestDelegate)ToolsAsync).RequireAdmin();
        app.MapGet(Logs, (RequestDelegate)LogsAsync).RequireAdmin();
    }

    private static async Task ServersAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        ServerList list = await context.RequestServices.GetRequiredService<ServerStatusReader>().ReadAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(list, StatusJson.Default.ServerList, cancellationToken: context.RequestAborted);
    }

    private static async Task ToolsAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            string? server = context.Request.Query["server"] is [{ Length: > 0 } name] ? name : null;
            ToolRows rows = await context.RequestServices.GetRequiredService<ServerStatusReader>().ReadToolsAsync(server, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(rows, StatusJson.Default.ToolRows, cancellationToken: context.RequestAborted);
        }
        catch (ArgumentException e)
        {
            await RefuseAsync(context, CliFaults.Sentence(e));
        }
    }

    private static async Task LogsAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        string server = context.Request.Query["server"].ToString();
        ServerList list = await context.RequestServices.GetRequiredService<ServerStatusReader>().ReadAsync(context.RequestAborted);
        string[] names = [.. list.Servers.Select(row => row.Name)];
        if (!names.Contains(server, StringComparer.Ordinal))
        {
            await RefuseAsync(context, $"There is no server '{VisibleText.Shorten(server)}'.{NearestName.Hint(server, names)}");
            return;
        }

        ServerLines lines = new(server, context.RequestServices.GetRequiredService<ServerLogs>().Of(server));
        await context.Response.WriteAsJsonAsync(lines, StatusJson.Default.ServerLines, cancellationToken: context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error"u8, sentence);
                writer.WriteEndObject();
            }),
            context.RequestAborted);
    }
}
