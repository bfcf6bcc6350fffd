using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

internal static class SecretRoutes
{
    private const string Base = "/api/v1beta/secrets";

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapPost(Base, async context =>
        {
            JsonObject body = await context.BodyAsync();
            lock (fake.Gate)
            {
                fake.Secrets ??= new SortedDictionary<string, string>(StringComparer.Ordinal);
            }

            await context.JsonAsync(
                new JsonObject { ["provider_type"] = body.Text("provider_type"), ["message"] = "Secrets provider setup successfully" }, 201);
        });
        app.MapGet(Base + "/default", context => WithAsync(context, fake, _ => context.JsonAsync(new JsonObject
        {
            ["name"] = "default",
            ["provider_type"] = "encrypted",
            ["capabilities"] = new JsonObject { ["can_read"] = true, ["can_write"] = true, ["can_delete"] = true, ["can_list"] = true, ["can_cleanup"] = true },
        })));
        app.MapGet(Base + "/default/keys", context => WithAsync(context, fake, secrets => context.JsonAsync(new JsonObject
        {
            ["keys"] = new JsonArray([.. secrets.Keys.Select(key => new JsonObject { ["key"] = key, ["description"] = "" })]),
        })));
        app.MapPost(Base + "/default/keys", async context =>
        {
            JsonObject body = await context.BodyAsync();
            await WithAsync(context, fake, secrets => secrets.TryAdd(body.Text("key")!, body.Text("value")!)
                ? context.JsonAsync(new JsonObject { ["key"] = body.Text("key"), ["message"] = "Secret created successfully" }, 201)
                : context.ErrorAsync(409, $"secret {body.Text("key")} already exists; refused the value {body.Text("value")}"));
        });
        app.MapPut(Base + "/default/keys/{key}", async context =>
        {
            JsonObject body = await context.BodyAsync();
            await WithAsync(context, fake, secrets =>
            {
                if (!secrets.ContainsKey(context.Value("key")))
                {
                    return context.ErrorAsync(404, "secret not found");
                }

                secrets[context.Value("key")] = body.Text("value")!;
                return context.JsonAsync(new JsonObject { ["key"] = context.Value("key"), ["message"] = "Secret updated successfully" });
            });
        });
        app.MapDelete(Base + "/default/keys/{key}", context => WithAsync(context, fake, secrets =>
            secrets.Remove(context.Value("key")) ? context.StatusAsync(204) : context.ErrorAsync(404, "secret not found")));
    }

    private static Task WithAsync(HttpContext context, FakeToolHive fake, Func<SortedDictionary<string, string>, Task> answer)
    {
        lock (fake.Gate)
        {
            return fake.Secrets is null ? context.ErrorAsync(404, "secrets provider not set up") : answer(fake.Secrets);
        }
    }
}
