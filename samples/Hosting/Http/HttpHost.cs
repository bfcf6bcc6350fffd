using Hosting.Health;
using Hosting.Security;
using Hosting.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Http;

/// <summary>Builds the web application: limits, access check, health routes, the MCP endpoint, and what the host maps besides.</summary>
internal static class HttpHost
{
    public static WebApplication Build(string[] settings, McpHostOptions options, Action<IHostApplicationBuilder> configure, Action<WebApplication>? map)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBodyBytes;
        });

        // The access check is stricter than the framework's own host filter, which would answer the health routes too.
        builder.Configuration["AllowedHosts"] = "*";
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<MemoryEventStore>();
        builder.Services.AddSingleton<EventReplay>();
        builder.Services.AddSingleton<SessionRegistry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SessionRegistry>());
        builder.Services.AddHostedService<SessionSweep>();
        builder.Services.AddSingleton<McpEndpoint>();
        builder.Services.AddSingleton<StatelessRequests>();
        builder.Services.AddSingleton<SessionRequests>();
        McpHost.AddServer(builder, options, configure);

        WebApplication app = builder.Build();
        app.Use(new AccessCheck(options).InvokeAsync);
        HealthEndpoints.Map(app);
        app.Services.GetRequiredService<McpEndpoint>().Map(app);
        map?.Invoke(app);
        return app;
    }
}
