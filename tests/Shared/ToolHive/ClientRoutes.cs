using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Shared.ToolHive;

internal static class ClientRoutes
{
    private const string Base = "/api/v1beta/clients";

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet(Base, context =>
        {
            lock (fake.Gate)
            {
                return context.JsonAsync(fake.Clients.Count == 0 ? null : new JsonArray([.. fake.Clients.Select(client => Json(client.Key, client.Value))]));
            }
        });
        app.MapPost(Base, async context =>
        {
            JsonObject body = await context.BodyAsync();
            await context.JsonAsync(Register(fake, body.Text("name")!, body.Texts("groups")));
        });
        app.MapPost(Base + "/register", async context =>
        {
            JsonObject body = await context.BodyAsync();
            await context.JsonAsync(new JsonArray([.. body.Texts("names").Select(name => Register(fake, name, body.Texts("groups")))]));
        });
        app.MapPost(Base + "/unregister", async context =>
        {
            JsonObject body = await context.BodyAsync();
            lock (fake.Gate)
            {
                foreach (string name in body.Texts("names"))
                {
                    fake.Clients.Remove(name);
                }
            }

            await context.StatusAsync(204);
        });
        app.MapDelete(Base + "/{name}", context =>
        {
            lock (fake.Gate)
            {
                fake.Clients.Remove(context.Value("name"));
            }

            return context.StatusAsync(204);
        });
        app.MapDelete(Base + "/{name}/groups/{group}", context =>
        {
            lock (fake.Gate)
            {
                bool isMember = fake.Clients.TryGetValue(context.Value("name"), out SortedSet<string>? groups) && groups.Remove(context.Value("group"));
                return isMember ? context.StatusAsync(204) : context.ErrorAsync(404, "client is not in the group");
            }
        });
    }

    private static JsonObject Register(FakeToolHive fake, string name, IReadOnlyList<string> groups)
    {
        lock (fake.Gate)
        {
            SortedSet<string> known = fake.Clients.TryGetValue(name, out SortedSet<string>? existing)
                ? existing
                : fake.Clients[name] = new SortedSet<string>(StringComparer.Ordinal);
            known.UnionWith(groups.Count == 0 ? ["default"] : groups);
            return Json(name, known);
        }
    }

    private static JsonObject Json(string name, IEnumerable<string> groups) => new() { ["name"] = name, ["groups"] = Answers.Array(groups) };
}
