using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

/// <summary>The registry in the MCP registry's own format; skills and plugins are a fixed handful.</summary>
internal static class CatalogRoutes
{
    private const string Base = "/registry/{registryName}/v0.1";
    private const int LargestPage = 200;

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet(Base + "/servers", context => PageAsync(context, "servers", Servers(fake)));
        app.MapGet(Base + "/servers/{serverName}/versions/latest", context => RegistryRoutes.Find(fake, context.Value("serverName")) is { } entry
            ? context.JsonAsync(Server(entry))
            : NotFoundAsync(context));
        foreach (string kind in new[] { "skills", "plugins" })
        {
            app.MapGet($"{Base}/x/dev.toolhive/{kind}", context => PageAsync(context, kind, Artifacts(kind)));
            app.MapGet($"{Base}/x/dev.toolhive/{kind}/{{namespace}}/{{name}}", context => Artifacts(kind).FirstOrDefault(item =>
                (string?)item["namespace"] == context.Value("namespace") && (string?)item["name"] == context.Value("name")) is { } found
                ? context.JsonAsync(found)
                : NotFoundAsync(context));
        }
    }

    private static Task PageAsync(HttpContext context, string member, IReadOnlyList<JsonObject> items)
    {
        string query = context.Request.Query["q"].ToString();
        int page = Number(context.Request.Query["page"], 1);
        int limit = Math.Min(Number(context.Request.Query["limit"], 50), LargestPage);
        JsonObject[] matching = [.. items.Where(item => item.ToJsonString().Contains(query, StringComparison.OrdinalIgnoreCase))];
        return context.JsonAsync(new JsonObject
        {
            [member] = new JsonArray([.. matching.Skip((page - 1) * limit).Take(limit)]),
            ["metadata"] = new JsonObject { ["total"] = matching.Length, ["page"] = page, ["limit"] = limit },
        });
    }

    private static int Number(string? text, int otherwise) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static Task NotFoundAsync(HttpContext context) => context.JsonAsync(new JsonObject { ["code"] = "not_found", ["message"] = "no such entry" }, 404);

    private static JsonObject[] Servers(FakeToolHive fake)
    {
        lock (fake.Gate)
        {
            return [.. fake.Registry.Values.Select(Server)];
        }
    }

    private static JsonObject Server(FakeRegistryEntry entry) => new()
    {
        ["$schema"] = "https://static.modelcontextprotocol.io/schemas/server.schema.json",
        ["name"] = entry.Name,
        ["description"] = entry.Description,
        ["version"] = "1.2.3",
        ["repository"] = new JsonObject { ["url"] = "https://example.com/repo", ["source"] = "github" },
        ["packages"] = entry.IsRemote ? null : new JsonArray(new JsonObject
        {
            ["registryType"] = "oci",
            ["identifier"] = entry.Image,
            ["transport"] = new JsonObject { ["type"] = entry.Transport },
            ["environmentVariables"] = new JsonArray(
                [.. entry.EnvVars.Select(
                    setting => new JsonObject { ["name"] = setting.Name, ["isRequired"] = setting.Required, ["isSecret"] = setting.Secret })]),
        }),
        ["remotes"] = entry.IsRemote ? new JsonArray(new JsonObject { ["type"] = entry.Transport, ["url"] = entry.Url }) : null,
        ["_meta"] = new JsonObject { ["io.modelcontextprotocol.registry/publisher-provided"] = new JsonObject() },
    };

    private static JsonObject[] Artifacts(string kind) =>
    [
        .. Enumerable.Range(1, 3).Select(number => new JsonObject
        {
            ["namespace"] = "io.example",
            ["name"] = $"{kind}-{number}",
            ["description"] = $"Number {number} of the {kind}.",
            ["version"] = "0.1.0",
            ["status"] = "active",
            ["packages"] = new JsonArray(new JsonObject { ["registryType"] = "oci", ["identifier"] = $"ghcr.io/example/{kind}-{number}:0.1.0" }),
        }),
    ];
}
