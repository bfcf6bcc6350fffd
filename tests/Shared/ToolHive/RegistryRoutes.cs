using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

internal static class RegistryRoutes
{
    private const string Base = "/api/v1beta/registry";

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet(Base, context => context.JsonAsync(new JsonObject { ["registries"] = new JsonArray(Info(fake)) }));
        app.MapPost(Base, context => context.ErrorAsync(501, "Not implemented"));
        app.MapPost(Base + "/auth/login", context => context.JsonAsync(new JsonObject { ["status"] = "authenticated" }));
        app.MapPost(Base + "/auth/logout", context => context.JsonAsync(new JsonObject { ["status"] = "logged out" }));
        app.MapGet(Base + "/{name}", context => KnownAsync(context, () =>
        {
            JsonObject answer = Info(fake);
            answer["registry"] = new JsonObject
            {
                ["version"] = "1.0.0",
                ["last_updated"] = "2026-01-01T00:00:00Z",
                ["servers"] = Entries(fake, remote: false),
                ["remote_servers"] = Entries(fake, remote: true),
                ["groups"] = null,
            };
            return context.JsonAsync(answer);
        }));
        app.MapPut(Base + "/{name}", context => KnownAsync(context, async () =>
        {
            JsonObject body = await context.BodyAsync();
            await context.JsonAsync(
                new JsonObject
                {
                    ["type"] = body["url"] is not null
                    ? "url"
                    : body["api_url"] is not null
                    ? "api"
                    : body["local_path"] is not null
                    ? "file"
                    : "default"
                });
        }));
        app.MapDelete(Base + "/{name}", context => context.ErrorAsync(context.Value("name") == "default" ? 400 : 404, "Cannot remove the registry"));
        app.MapPost(Base + "/{name}/refresh", context => KnownAsync(context, () => context.JsonAsync(new JsonObject { ["status"] = "refreshed" })));
        app.MapGet(Base + "/{name}/servers", context => KnownAsync(context, () => context.JsonAsync(new JsonObject
        {
            ["servers"] = List(fake, remote: false),
            ["remote_servers"] = List(fake, remote: true),
        })));
        app.MapGet(Base + "/{name}/servers/{serverName}", context => KnownAsync(context, () =>
        {
            FakeRegistryEntry? entry = Find(fake, context.Value("serverName"));
            return entry is null
                ? context.ErrorAsync(404, "Server not found")
                : context.JsonAsync(new JsonObject { ["is_remote"] = entry.IsRemote, [entry.IsRemote ? "remote_server" : "server"] = entry.ToJson() });
        }));
    }

    public static FakeRegistryEntry? Find(FakeToolHive fake, string name)
    {
        lock (fake.Gate)
        {
            return fake.Registry.GetValueOrDefault(name)
                ?? (fake.Registry.Values.Where(entry => entry.Name.EndsWith("/" + name, StringComparison.Ordinal)).ToList() is [{ } only] ? only : null);
        }
    }

    private static Task KnownAsync(HttpContext context, Func<Task> answer) =>
        context.Value("name") == "default" ? answer() : context.ErrorAsync(404, "Registry not found");

    private static JsonObject Info(FakeToolHive fake)
    {
        lock (fake.Gate)
        {
            return new JsonObject
            {
                ["name"] = "default",
                ["version"] = "1.0.0",
                ["last_updated"] = "2026-01-01T00:00:00Z",
                ["server_count"] = fake.Registry.Values.Count(entry => !entry.IsRemote),
                ["type"] = "default",
                ["source"] = "",
                ["auth_status"] = "none",
                ["auth_type"] = "",
            };
        }
    }

    private static JsonObject Entries(FakeToolHive fake, bool remote)
    {
        lock (fake.Gate)
        {
            return new JsonObject(
                fake.Registry.Values.Where(entry => entry.IsRemote == remote).Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.ToJson())));
        }
    }

    private static JsonArray? List(FakeToolHive fake, bool remote)
    {
        lock (fake.Gate)
        {
            JsonNode[] entries = [.. fake.Registry.Values.Where(entry => entry.IsRemote == remote).Select(entry => entry.ToJson())];
            return entries.Length == 0 ? null : new JsonArray(entries);
        }
    }
}
