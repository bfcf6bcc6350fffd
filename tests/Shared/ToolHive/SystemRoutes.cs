using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Shared.ToolHive;

internal static class SystemRoutes
{
    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet("/health", context =>
        {
            context.Response.Headers["X-Toolhive-Nonce"] = fake.Nonce;
            return fake.IsHealthy ? context.StatusAsync(204) : context.ErrorAsync(503, "container runtime is not available");
        });
        app.MapGet("/api/v1beta/version", context => context.JsonAsync(new JsonObject { ["version"] = fake.Version }));
        app.MapGet("/api/openapi.json", context => context.JsonAsync(new JsonObject { ["openapi"] = "3.1.0", ["paths"] = new JsonObject() }));
        app.MapGet("/api/v1beta/discovery/clients", context =>
        {
            lock (fake.Gate)
            {
                return context.JsonAsync(new JsonObject
                {
                    ["clients"] = new JsonArray(new JsonObject
                    {
                        ["client_type"] = "claude-code",
                        ["installed"] = true,
                        ["registered"] = fake.Clients.ContainsKey("claude-code"),
                        ["supports_skills"] = true,
                    }),
                });
            }
        });
    }
}
