using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Security.SignIn;

/// <summary>Tells a client that has no token yet where to get one (RFC 9728, as MCP's authorization asks for it).</summary>
internal sealed class ResourceMetadata(McpHostOptions host)
{
    public const string Path = "/.well-known/oauth-protected-resource";

    /// <summary>Readable without a token: the document is for those who have none.</summary>
    public static void Map(WebApplication app, McpHostOptions options)
    {
        ResourceMetadata metadata = app.Services.GetRequiredService<ResourceMetadata>();
        Map(app, Path, _ => options.McpPath, metadata);
        Map(app, Path + options.McpPath.TrimEnd('/'), _ => options.McpPath, metadata);
        if (options.AcceptProfiles)
        {
            Map(app, $"{Path}{options.McpPath.TrimEnd('/')}/{{profile}}", context => $"{options.McpPath.TrimEnd('/')}/{Uri.EscapeDataString((string)context.GetRouteValue("profile")!)}", metadata);
        }
    }

    /// <summary>Where the document about the requested endpoint is, for the challenge.</summary>
    public string AddressFor(HttpContext context)
    {
        string path = IsMcp(context.Request.Path) ? context.Request.Path.ToUriComponent() : host.McpPath;
        return Root(context) + Path + path.TrimEnd('/');
    }

    private static void Map(WebApplication app, string pattern, Func<HttpContext, string> path, ResourceMetadata metadata) =>
        app.MapGet(pattern, (RequestDelegate)(context => metadata.WriteAsync(context, path(context)))).AllowAnonymous();

    private async Task WriteAsync(HttpContext context, string path)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("resource", Root(context) + path);
        writer.WriteString("resource_name", host.Name);
        writer.WriteStartArray("authorization_servers");
        writer.WriteStringValue(host.Jwt.Issuer ?? host.Jwt.Authority);
        writer.WriteEndArray();
        writer.WriteStartArray("bearer_methods_supported");
        writer.WriteStringValue("header");
        writer.WriteEndArray();
        if (host.Jwt.ScopeRequired is { } scope)
        {
            writer.WriteStartArray("scopes_supported");
            writer.WriteStringValue(scope);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private bool IsMcp(PathString path) => path.StartsWithSegments(host.McpPath.TrimEnd('/'));

    // Behind a proxy the address at which clients know this host is a setting; else it is the one they used.
    private string Root(HttpContext context) => host.Jwt.Resource is { } resource
        ? resource.TrimEnd('/')[..^host.McpPath.TrimEnd('/').Length]
        : UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host, context.Request.PathBase).TrimEnd('/');
}
