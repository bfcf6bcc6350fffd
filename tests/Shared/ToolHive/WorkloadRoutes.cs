using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

internal static partial class WorkloadRoutes
{
    private const string Base = "/api/v1beta/workloads";

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet(Base, context => ListAsync(context, fake));
        app.MapPost(Base, context => CreateAsync(context, fake));
        app.MapGet(
            Base + "/upgrade-check", context =>
                context.JsonAsync(new JsonObject { ["results"] = new JsonArray([.. Snapshot(fake).Select(workload => Check(workload))]) }));
        MapBulk(app, fake, "stop", workload => workload.Status = "stopped");
        MapBulk(app, fake, "restart", fake.Start);
        MapBulk(app, fake, "delete", workload => fake.Workloads.Remove(workload.Name));
        app.MapGet(Base + "/{name}", context => WithAsync(context, fake, workload => context.JsonAsync(workload.ToDetail())));
        app.MapDelete(Base + "/{name}", context => ChangeAsync(context, fake, workload => fake.Workloads.Remove(workload.Name)));
        app.MapPost(Base + "/{name}/stop", context => ChangeAsync(context, fake, workload => workload.Status = "stopped"));
        app.MapPost(Base + "/{name}/restart", context => ChangeAsync(context, fake, fake.Start));
        app.MapPost(Base + "/{name}/edit", context => EditAsync(context, fake));
        app.MapGet(
            Base + "/{name}/status", context => WithAsync(context, fake, workload => context.JsonAsync(new JsonObject { ["status"] = workload.Status })));
        app.MapGet(Base + "/{name}/logs", context => WithAsync(context, fake, workload => LogAsync(context, workload.Logs)));
        app.MapGet(Base + "/{name}/proxy-logs", context => WithAsync(context, fake, workload => LogAsync(context, workload.ProxyLogs)));
        app.MapGet(Base + "/{name}/export", context => WithAsync(context, fake, workload => context.JsonAsync(Export(workload))));
        app.MapGet(
            Base + "/{name}/upgrade-check", context =>
                WithAsync(context, fake, workload => context.JsonAsync(new JsonObject { ["result"] = Check(workload) })));
        app.MapPost(
            Base + "/{name}/upgrade", context => WithAsync(context, fake, workload => context.JsonAsync(new JsonObject { ["result"] = Check(workload) })));
    }

    private static Task ListAsync(HttpContext context, FakeToolHive fake)
    {
        bool all = context.Request.Query["all"] == "true";
        string? group = context.Request.Query["group"];
        lock (fake.Gate)
        {
            if (group is not null && !fake.Groups.ContainsKey(group))
            {
                return context.ErrorAsync(404, $"group '{group}' not found");
            }

            JsonNode[] elements = [.. fake.Workloads.Values.Where(
                workload => (all || workload.Status == "running") && (group is null || workload.Group == group)).Select(workload => workload.ToListElement())];

            // A Go slice without elements is null.
            return context.JsonAsync(new JsonObject { ["workloads"] = elements.Length == 0 ? null : new JsonArray(elements) });
        }
    }

    private static async Task CreateAsync(HttpContext context, FakeToolHive fake)
    {
        JsonObject body = await context.BodyAsync();
        string name = body.Text("name") ?? "";
        if (!LegalName().IsMatch(name) || name.Length > 100 || name.Contains("..", StringComparison.Ordinal))
        {
            await context.ErrorAsync(400, $"invalid workload name: {name}");
            return;
        }

        string group = body.Text("group") ?? "default";
        FakeRegistryEntry? entry = null;
        FakeWorkload workload;
        lock (fake.Gate)
        {
            if (body.Text("server") is { } server && !fake.Registry.TryGetValue(server, out entry))
            {
                entry = fake.Registry.Values.SingleOrDefault(candidate => candidate.Name.EndsWith("/" + server, StringComparison.Ordinal));
            }
        }

        string? image = body.Text("image") ?? entry?.Image;
        string? url = body.Text("url") ?? entry?.Url;
        if (image is null && url is null)
        {
            await context.ErrorAsync(400, "either image, url or registry and server are required");
            return;
        }

        bool isKnownGroup, isTaken;
        lock (fake.Gate)
        {
            isKnownGroup = fake.Groups.ContainsKey(group);
            isTaken = fake.Workloads.ContainsKey(name);
            workload = new FakeWorkload
            {
                Name = name,
                Group = group,
                Package = image ?? "remote",
                Remote = url is not null,
                RemoteUrl = url,
                Port = 20000 + fake.Workloads.Count,
                TransportType = body.Text("transport") ?? entry?.Transport ?? "stdio",
                Request = body,
            };
            if (isKnownGroup && !isTaken)
            {
                fake.Workloads[name] = workload;
                fake.Start(workload);
            }
        }

        if (!isKnownGroup)
        {
            await context.ErrorAsync(400, $"group '{group}' does not exist");
        }
        else if (isTaken)
        {
            await context.ErrorAsync(409, $"Workload with name {name} already exists");
        }
        else
        {
            await context.JsonAsync(new JsonObject { ["name"] = name, ["port"] = workload.Port }, 201);
        }
    }

    private static async Task EditAsync(HttpContext context, FakeToolHive fake)
    {
        JsonObject body = await context.BodyAsync();
        await WithAsync(context, fake, workload =>
        {
            workload.Request = body;
            workload.Package = body.Text("image") ?? workload.Package;
            fake.Start(workload);
            return context.JsonAsync(new JsonObject { ["name"] = workload.Name, ["port"] = workload.Port });
        });
    }

    private static void MapBulk(WebApplication app, FakeToolHive fake, string verb, Action<FakeWorkload> change) =>
        app.MapPost($"{Base}/{verb}", async context =>
    {
        JsonObject body = await context.BodyAsync();
        IReadOnlyList<string> names = body.Texts("names");
        string? group = body.Text("group");
        if (names.Count > 0 == group is not null)
        {
            await context.ErrorAsync(400, "either names or group must be specified");
            return;
        }

        lock (fake.Gate)
        {
            foreach (FakeWorkload workload in fake.Workloads.Values.Where(workload => names.Contains(workload.Name) || workload.Group == group).ToList())
            {
                change(workload);
            }
        }

        await context.StatusAsync(202);
    });

    private static Task ChangeAsync(HttpContext context, FakeToolHive fake, Action<FakeWorkload> change) => WithAsync(context, fake, workload =>
    {
        lock (fake.Gate)
        {
            change(workload);
        }

        return context.StatusAsync(202);
    });

    private static Task WithAsync(HttpContext context, FakeToolHive fake, Func<FakeWorkload, Task> answer)
    {
        FakeWorkload? workload;
        lock (fake.Gate)
        {
            fake.Workloads.TryGetValue(context.Value("name"), out workload);
        }

        return workload is null ? context.ErrorAsync(404, "workload not found") : answer(workload);
    }

    private static Task LogAsync(HttpContext context, IList<string> lines)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Concat(lines.TakeLast(1000).Select(line => line + "\n")));
    }

    private static FakeWorkload[] Snapshot(FakeToolHive fake)
    {
        lock (fake.Gate)
        {
            return [.. fake.Workloads.Values];
        }
    }

    private static JsonObject Check(FakeWorkload workload) => new()
    {
        ["workload_name"] = workload.Name,
        ["status"] = "upgrade-available",
        ["current_image"] = workload.Package,
        ["candidate_image"] = workload.Package + "-next",
        ["env_var_drift"] = new JsonObject { ["added"] = new JsonArray(new FakeSetting("NEW", "A new one", Required: true).ToJson()), ["removed"] = null },
        ["config_drift"] = new JsonObject { ["transport"] = new JsonObject { ["from"] = "sse", ["to"] = "streamable-http" } },
    };

    private static JsonObject Export(FakeWorkload workload) => new()
    {
        ["schema_version"] = "v0.1.0",
        ["name"] = workload.Name,
        ["image"] = workload.Package,
        ["transport"] = workload.TransportType,
        ["isolate_network"] = true,
        ["env_vars"] = new JsonObject { ["A"] = "b" },
        ["volumes"] = null,
        ["telemetry_config"] = new JsonObject { ["endpoint"] = "collector:4317" },
    };

    [GeneratedRegex("^[a-zA-Z0-9._-]+$")]
    private static partial Regex LegalName();
}
