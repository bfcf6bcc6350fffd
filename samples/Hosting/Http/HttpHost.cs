using Hosting.Health;
using Hosting.Security;
using Hosting.Security.SignIn;
using Hosting.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Http;

/// <summary>Builds the web application: limits, access check, authentication, health routes, the MCP endpoint, and what the host maps besides.</summary>
internal static class HttpHost
{
    public static WebApplication Build(string[] settings, McpHostOptions options, Action<IHostApplicationBuilder> configure, Action<WebApplication>? map)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        BoundAddresses.RefuseOthers(builder.Configuration);
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBodyBytes;
            ConnectionLimit limit = new(OpenFiles.Share(options.MaxConnections), kestrel.ApplicationServices.GetRequiredService<RefusalLog>());
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => limit.InvokeAsync(connection, next)));
        });

        // The access check is stricter than the framework's own host filter, which would answer the health routes too.
        builder.Configuration["AllowedHosts"] = "*";
        builder.Services.AddHealthChecks();
        HostCredentials credentials = new(options);
        builder.Services.AddSingleton(credentials);
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.AddSingleton<ReadinessHistory>();
        builder.Services.AddSingleton<AccessCheck>();
        builder.Services.AddSingleton<ResourceMetadata>();
        AuthenticationBuilder authentication = builder.Services.AddAuthentication(BearerHandler.SchemeName);
        authentication.AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
        if (options.Jwt.IsOn)
        {
            JwtSignIn.AddTo(builder.Services, authentication);
        }

        builder.Services.AddAuthorization(credentials.AddPolicies);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(new CrossOriginPolicy(options)));
        builder.Services.AddHostedService<BoundAddresses>();
        builder.Services.AddSingleton<MemoryEventStore>();
        builder.Services.AddSingleton<EventReplay>();
        builder.Services.AddSingleton<SessionRegistry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SessionRegistry>());
        builder.Services.AddHostedService<SessionSweep>();
        builder.Services.AddSingleton<ListenerSlots>();
        builder.Services.AddSingleton<McpEndpoint>();
        builder.Services.AddSingleton<StatelessRequests>();
        builder.Services.AddSingleton<SessionRequests>();
        McpHost.AddServer(builder, options, configure);

        // After what the host serves, so that its tools are there.
        builder.Services.AddHostedService<FirstRequests>();

        WebApplication app = builder.Build();
        app.Use(app.Services.GetRequiredService<AccessCheck>().InvokeAsync);
        if (options.AllowedOrigins.Count > 0)
        {
            app.UseCors();
        }

        app.UseAuthentication();
        app.UseAuthorization();
        HealthEndpoints.Map(app);
        if (options.Jwt.IsOn)
        {
            ResourceMetadata.Map(app, options);
        }

        app.Services.GetRequiredService<McpEndpoint>().Map(app);
        map?.Invoke(app);
        return app;
    }
}
