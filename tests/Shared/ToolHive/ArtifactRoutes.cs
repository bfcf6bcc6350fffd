using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Shared.ToolHive;

/// <summary>Skills and plugins, whose routes mirror each other.</summary>
internal static class ArtifactRoutes
{
    /// <param name="app">Where to map.</param>
    /// <param name="kind"><c>skills</c> or <c>plugins</c>.</param>
    /// <param name="one">The kind in the singular.</param>
    public static void Map(WebApplication app, string kind, string one)
    {
        string root = $"/api/v1beta/{kind}";
        ConcurrentDictionary<string, JsonObject> installed = new(StringComparer.Ordinal);
        ConcurrentDictionary<string, JsonObject> builds = new(StringComparer.Ordinal);
        app.MapGet(
            root, context =>
                context.JsonAsync(
                    new JsonObject { [kind] = installed.IsEmpty ? null : new JsonArray([.. installed.Values.Select(item => item.DeepClone())]) }));
        app.MapPost(root, async context =>
        {
            JsonObject body = await context.BodyAsync();
            string name = body.Text("name")!;
            JsonObject item = new()
            {
                ["metadata"] = new JsonObject { ["name"] = name, ["version"] = body.Text("version") ?? "1.0.0", ["description"] = "Does things." },
                ["reference"] = $"ghcr.io/example/{name}:1.0.0",
                ["scope"] = body.Text("scope") ?? "user",
                ["status"] = "installed",
                ["installed_at"] = "2026-01-01T00:00:00Z",
                ["clients"] = Answers.Array(body.Texts("clients")),
                ["dependencies"] = null,
            };
            await ((bool?)body["force"] == true || !installed.ContainsKey(name)
                ? context.JsonAsync(new JsonObject { [one] = (installed[name] = item).DeepClone() }, 201)
                : context.ErrorAsync(409, $"{name} is already installed"));
        });
        app.MapGet(
            root + "/builds", context =>
                context.JsonAsync(new JsonObject { ["builds"] = new JsonArray([.. builds.Values.Select(build => build.DeepClone())]) }));
        app.MapDelete(
            root + "/builds/{tag}", context =>
                builds.TryRemove(context.Value("tag"), out _) ? context.StatusAsync(204) : context.ErrorAsync(404, "no such build"));
        app.MapGet(root + "/content", context => context.JsonAsync(new JsonObject
        {
            ["name"] = context.Request.Query["ref"].ToString(),
            ["body"] = "# Do this",
            ["files"] = new JsonArray(new JsonObject { ["path"] = "SKILL.md", ["size"] = 9 }),
        }));
        app.MapPost(root + "/build", async context =>
        {
            JsonObject body = await context.BodyAsync();
            string tag = body.Text("tag") ?? "latest";
            builds[tag] = new JsonObject { ["name"] = one, ["tag"] = tag, ["digest"] = "sha256:0" };
            await context.JsonAsync(new JsonObject { ["reference"] = $"localhost/{one}:{tag}" });
        });
        app.MapPost(root + "/push", context => context.StatusAsync(204));
        app.MapPost(root + "/validate", async context => await context.JsonAsync((await context.BodyAsync()).Text("path")!.StartsWith('/')
            ? new JsonObject { ["valid"] = true, ["errors"] = null, ["warnings"] = new JsonArray("no licence") }
            : new JsonObject { ["valid"] = false, ["errors"] = new JsonArray("path must be absolute") }));
        app.MapPost(root + "/sync", context => context.JsonAsync(new JsonObject
        {
            ["installed"] = new JsonArray("a"),
            ["failed"] = new JsonArray(new JsonObject { ["name"] = "b", ["reason"] = "registry-unreachable", ["error"] = "no route" }),
        }));
        app.MapPost(root + "/upgrade", context => context.JsonAsync(new JsonObject
        {
            ["outcomes"] = new JsonArray(new JsonObject { ["name"] = "a", ["status"] = "upgraded", ["old_digest"] = "sha256:0", ["new_digest"] = "sha256:1" }),
        }));
        app.MapGet(root + "/{name}", context => installed.TryGetValue(context.Value("name"), out JsonObject? item)
            ? context.JsonAsync(new JsonObject { ["installed_" + one] = item.DeepClone(), ["metadata"] = item["metadata"]!.DeepClone() })
            : context.ErrorAsync(404, $"{one} not found"));
        app.MapDelete(
            root + "/{name}", context =>
                installed.TryRemove(context.Value("name"), out _) ? context.StatusAsync(204) : context.ErrorAsync(404, $"{one} not found"));
    }
}
