using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Shared.ToolHive;

internal static class GroupRoutes
{
    private const string Base = "/api/v1beta/groups";

    public static void Map(WebApplication app, FakeToolHive fake)
    {
        app.MapGet(Base, context =>
        {
            lock (fake.Gate)
            {
                return context.JsonAsync(new JsonObject { ["groups"] = new JsonArray([.. fake.Groups.Values.Select(group => group.ToJson())]) });
            }
        });
        app.MapPost(Base, async context =>
        {
            string name = (await context.BodyAsync()).Text("name") ?? "";
            bool isNew;
            lock (fake.Gate)
            {
                isNew = name.Length > 0 && fake.Groups.TryAdd(name, new FakeGroup(name));
            }

            await (name.Length == 0 ? context.ErrorAsync(400, "Group name is required")
                : isNew ? context.JsonAsync(new JsonObject { ["name"] = name }, 201)
                : context.ErrorAsync(409, $"group '{name}' already exists"));
        });
        app.MapGet(Base + "/{name}", context =>
        {
            lock (fake.Gate)
            {
                return fake.Groups.TryGetValue(context.Value("name"), out FakeGroup? group)
                    ? context.JsonAsync(group.ToJson())
                    : context.ErrorAsync(404, "group not found");
            }
        });
        app.MapDelete(Base + "/{name}", context =>
        {
            string name = context.Value("name");
            bool withWorkloads = context.Request.Query["with-workloads"] == "true";
            lock (fake.Gate)
            {
                if (name == "default")
                {
                    return context.ErrorAsync(400, "cannot delete the default group");
                }

                if (!fake.Groups.Remove(name))
                {
                    return context.ErrorAsync(404, "group not found");
                }

                foreach (FakeWorkload workload in fake.Workloads.Values.Where(workload => workload.Group == name).ToList())
                {
                    if (withWorkloads)
                    {
                        fake.Workloads.Remove(workload.Name);
                    }
                    else
                    {
                        workload.Group = "default";
                    }
                }

                return context.StatusAsync(204);
            }
        });
    }
}
