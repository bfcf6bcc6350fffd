using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shared.Coder;

/// <summary>Coder's own API.</summary>
internal sealed class CoderApi(FakeState state)
{
    private readonly TaskApi _tasks = new(state);

    public async Task HandleAsync(HttpContext context, JournalEntry entry)
    {
        string[] path = entry.Path.Trim('/').Split('/');
        if (path is ["api", "v2", "buildinfo"])
        {
            await WriteAsync(
                context,
                200,
                new JsonObject
                {
                    ["version"] = state.BuildVersion,
                    ["dashboard_url"] = state.Address.AbsoluteUri,
                    ["deployment_id"] = state.OrganizationId,
                });
            return;
        }

        CheckToken(entry);
        Dictionary<string, string> query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        JsonNode? body = entry.Body.Length == 0 || !entry.Headers.GetValueOrDefault("content-type", "").Contains("json", StringComparison.Ordinal)
            ? null
            : JsonNode.Parse(entry.Body);
        if (_tasks.TryHandle(entry.Method, path, body, out int status, out JsonNode? answer))
        {
            await WriteAsync(context, status, answer);
            return;
        }

        (int code, object? result) = Answer(
            entry.Method, path is ["api", "v2", .. string[] rest] ? rest : throw FakeRefusalException.UnknownRoute(), query, body);
        if (result is Action<Utf8JsonWriter> write)
        {
            await WriteAsync(context, code, write);
        }
        else
        {
            await WriteAsync(context, code, (JsonNode?)result);
        }
    }

    private (int Status, object? Body) Answer(string method, string[] path, Dictionary<string, string> query, JsonNode? body) => (method, path) switch
    {
        ("GET", ["workspaces"]) => (200, List(query)),
        ("GET", ["workspaces", var id]) => (200, One(Read(Id(id), query))),
        ("PATCH", ["workspaces", var id]) => (204, Rename(state.Get(Id(id)), body!)),
        ("PUT" or "DELETE", ["workspaces", var id, "favorite"]) => (204, Touch(state.Get(Id(id)))),
        ("PUT", ["workspaces", var id, "ttl"]) => (204, Touch(state.Get(Id(id)))),
        ("PUT", ["workspaces", var id, "extend"]) => (200, Touch(state.Get(Id(id)))),
        ("PUT", ["workspaces", var id, "dormant"]) => (200, Rest(state.Get(Id(id)), body!)),
        ("POST", ["workspaces", var id, "builds"]) => (201, QueueBuild(state.Get(Id(id)), body!)),
        ("GET", ["workspaces", var id, "builds"]) => (200, Builds(state.Get(Id(id)))),
        ("GET", ["users", var user, "workspace", var name]) => (200, One(state.Find(user, name) ?? throw FakeRefusalException.NotFound())),
        ("GET", ["users", var user, "workspace", var name, "builds", var number]) =>
            (200, Build(state.Find(user, name) ?? throw FakeRefusalException.NotFound(), int.Parse(number, null))),
        ("POST", ["users", var user, "workspaces"]) => (201, Create(user, body!)),
        ("POST", ["organizations", _, "members", var user, "workspaces"]) => (201, Create(user, body!)),
        ("GET", ["workspacebuilds", var id]) => (200, Build(Id(id))),
        ("PATCH", ["workspacebuilds", var id, "cancel"]) => (200, Cancel(Id(id))),
        ("GET", ["workspacebuilds", var id, "logs"]) => (200, BuildLog(Id(id))),
        ("GET", ["workspacebuilds", var id, "parameters"]) => (200, BuildParameters(Id(id))),
        ("GET", ["templates"]) => (200, Templates(query.GetValueOrDefault("q"))),
        ("GET", ["templates", var id]) =>
            (200, CoderJson.Template(state.Templates.FirstOrDefault(one => one.Id == Id(id)) ?? throw FakeRefusalException.NotFound(), state)),
        ("GET", ["templates", var id, "versions"]) => (200, Versions(Id(id))),
        ("GET", ["templateversions", var id]) => (200, CoderJson.Version(Version(Id(id)), state)),
        ("GET", ["templateversions", var id, "rich-parameters"]) => (200, CoderJson.Parameters(Version(Id(id)))),
        ("GET", ["templateversions", var id, "presets"]) => (200, CoderJson.Presets(Version(Id(id)))),
        ("GET", ["organizations"]) or ("GET", ["users", _, "organizations"]) => (200, new JsonArray(CoderJson.Organization(state))),
        ("GET", ["organizations", var id]) => (200, Id(id) == state.OrganizationId ? CoderJson.Organization(state) : throw FakeRefusalException.NotFound()),
        ("GET", ["users", var user]) =>
            (
                200,
                CoderJson.User(
                    user == "me" || user == state.Options.UserName
                        ? state
                        : throw new FakeRefusalException(400, "\"user\" must be an existing uuid or username."))),
        ("GET", ["users", _, "keys", "tokens", "tokenconfig"]) => (200, new JsonObject { ["max_token_lifetime"] = 2_592_000_000_000_000 }),
        ("GET", ["users", _, "keys", "tokens"]) => (200, new JsonArray(CoderJson.ApiKey(state))),
        ("GET", ["users", _, "keys", "tokens", _]) => (200, CoderJson.ApiKey(state)),
        ("POST", ["users", _, "keys", "tokens"]) => (201, new JsonObject { ["key"] = "zyxwvutsrq-ZYXWVUTSRQ0123456789zy" }),
        ("DELETE", ["users", _, "keys", _]) => (204, null),
        ("GET", ["workspaceagents", var id]) => (200, AgentJson(Id(id))),
        ("GET", ["workspaceagents", var id, "logs"]) => (200, AgentLog(Id(id))),
        ("GET", ["workspaceagents", _, "listening-ports"]) =>
            (200, new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = 3284, ["network"] = "tcp", ["process_name"] = "agentapi" }) }),
        ("GET", ["regions"]) => (200, Regions()),
        _ => throw FakeRefusalException.UnknownRoute(),
    };

    private void CheckToken(JournalEntry entry)
    {
        if (entry.Headers.GetValueOrDefault("coder-session-token") != state.Options.Token)
        {
            throw new FakeRefusalException(401, "You are signed out or your session has expired. Please sign in again to continue.", "API key is invalid.");
        }
    }

    private static Guid Id(string text) =>
        Guid.TryParse(text, out Guid id) ? id : throw new FakeRefusalException(400, $"Invalid UUID \"{text}\".", $"invalid UUID length: {text.Length}");

    private FakeWorkspace Read(Guid id, Dictionary<string, string> query)
    {
        FakeWorkspace workspace = state.Get(id);
        bool deleted = workspace.Latest.Status(state.Now) == "deleted";
        return deleted && query.GetValueOrDefault("include_deleted") != "true"
            ? throw new FakeRefusalException(
                410, $"Workspace \"{workspace.Name}\" was deleted, you can view this workspace by specifying '?include_deleted=true'.")
            : workspace;
    }

    private Action<Utf8JsonWriter> List(Dictionary<string, string> query)
    {
        FakeWorkspace[] matching =
        [
            .. state.Workspaces.Where(workspace => workspace.Latest.Status(state.Now) != "deleted").Where(Search(query.GetValueOrDefault("q") ?? "")),
        ];
        int limit = int.Parse(query.GetValueOrDefault("limit", "0"), null);
        int offset = int.Parse(query.GetValueOrDefault("offset", "0"), null);
        int largest = state.Options.LargestPage > 0 ? state.Options.LargestPage : int.MaxValue;
        FakeWorkspace[] page = [.. matching.Skip(offset).Take(Math.Min(limit == 0 ? int.MaxValue : limit, largest))];
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("workspaces");
            foreach (FakeWorkspace workspace in page.Where(workspace => !workspace.IsHidden))
            {
                CoderJson.WriteWorkspace(writer, workspace, state);
            }

            writer.WriteEndArray();
            writer.WriteNumber("count", matching.Length);
            writer.WriteEndObject();
        };
    }

    private Func<FakeWorkspace, bool> Search(string query)
    {
        List<Func<FakeWorkspace, bool>> terms = [];
        foreach (string term in query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = term.Split(':', 2);
            string value = pair[^1];
            terms.Add(pair[0] switch
            {
                _ when pair.Length == 1 => workspace => workspace.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
                "owner" => workspace => workspace.Owner == state.Resolve(value),
                "name" => workspace => workspace.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
                "template" => workspace => workspace.Template.Name == value,
                "status" => workspace => workspace.Latest.Status(state.Now) == value,
                "dormant" => _ => true,
                "has-ai-task" => workspace => workspace.Template.HasAiTask == (value == "true"),
                _ => throw new FakeRefusalException(400, "Invalid workspace search query.", null, ("q", $"\"{pair[0]}\" is not a valid query param")),
            });
        }

        bool dormant = query.Contains("dormant:true", StringComparison.Ordinal);
        return workspace => (workspace.DormantAt is not null) == dormant && terms.TrueForAll(term => term(workspace));
    }

    private Action<Utf8JsonWriter> Rest(FakeWorkspace workspace, JsonNode body)
    {
        if (workspace.RefusesToWake)
        {
            throw new FakeRefusalException(403, "Forbidden.");
        }

        workspace.DormantAt = (bool)body["dormant"]! ? state.Now : null;
        workspace.DeletingAt = null;
        return One(workspace);
    }

    private Action<Utf8JsonWriter> One(FakeWorkspace workspace) => writer => CoderJson.WriteWorkspace(writer, workspace, state);

    private static JsonObject? Rename(FakeWorkspace workspace, JsonNode body)
    {
        workspace.Name = CheckName((string)body["name"]!);
        return null;
    }

    // These change nothing that the fake keeps; what matters is that the call was well formed.
    private static JsonObject? Touch(FakeWorkspace workspace) => workspace is null ? throw FakeRefusalException.NotFound() : null;

    private Action<Utf8JsonWriter> QueueBuild(FakeWorkspace workspace, JsonNode body)
    {
        string transition = (string)body["transition"]!;
        if (transition is not ("start" or "stop" or "delete"))
        {
            throw new FakeRefusalException(
                400, "Validation failed.", null, ("transition", $"Validation failed for tag \"oneof\" with value: \"{transition}\""));
        }

        FakeVersion? version = (Guid?)body["template_version_id"] is { } id ? Version(id) : null;
        FakePreset? preset = (Guid?)body["template_version_preset_id"] is { } presetId
            ? (version ?? workspace.Latest.Version).Presets.FirstOrDefault(one => one.Id == presetId)
                ?? throw new FakeRefusalException(400, "Template version preset not found.")
            : null;
        FakeBuild build = state.QueueBuild(workspace, transition, version, preset);
        return writer => CoderJson.WriteBuild(writer, workspace, build, state);
    }

    private Action<Utf8JsonWriter> Builds(FakeWorkspace workspace) => writer =>
    {
        writer.WriteStartArray();
        foreach (FakeBuild build in workspace.Builds.Reverse())
        {
            CoderJson.WriteBuild(writer, workspace, build, state);
        }

        writer.WriteEndArray();
    };

    private Action<Utf8JsonWriter> Build(Guid id)
    {
        (FakeWorkspace workspace, FakeBuild build) = state.GetBuild(id);
        return writer => CoderJson.WriteBuild(writer, workspace, build, state);
    }

    private Action<Utf8JsonWriter> Build(FakeWorkspace workspace, int number)
    {
        FakeBuild build = workspace.Builds.FirstOrDefault(one => one.Number == number) ?? throw FakeRefusalException.NotFound();
        return writer => CoderJson.WriteBuild(writer, workspace, build, state);
    }

    private JsonObject Cancel(Guid id)
    {
        (FakeWorkspace workspace, FakeBuild build) = state.GetBuild(id);
        if (!build.IsActive(state.Now))
        {
            throw new FakeRefusalException(400, "Job has already completed!");
        }

        if (!workspace.Template.AllowCancel)
        {
            throw new FakeRefusalException(403, "User is not allowed to cancel workspace builds. Owner role is required.");
        }

        build.CanceledAt = state.Now;
        return new JsonObject { ["message"] = "Job has been marked as canceled..." };
    }

    private JsonArray BuildLog(Guid id)
    {
        (_, FakeBuild build) = state.GetBuild(id);
        return new JsonArray(
            new JsonObject
            {
                ["id"] = 1,
                ["created_at"] = CoderJson.Time(build.CreatedAt),
                ["log_source"] = "provisioner",
                ["log_level"] = "info",
                ["stage"] = "Planning",
                ["output"] = "Terraform has been initialized",
            });
    }

    private JsonArray BuildParameters(Guid id)
    {
        (FakeWorkspace workspace, _) = state.GetBuild(id);
        return new JsonArray(new JsonObject { ["name"] = "AI Prompt", ["value"] = workspace.Prompt ?? "" });
    }

    private Action<Utf8JsonWriter> Create(string user, JsonNode body)
    {
        string name = CheckName((string)body["name"]!);
        Guid? templateId = (Guid?)body["template_id"];
        FakeTemplate template = state.Templates.FirstOrDefault(one => one.Id == templateId)
            ?? throw new FakeRefusalException(400, $"Template \"{templateId}\" doesn't exist.", null, ("template_id", "template not found"));
        CheckFree(state, user, name);
        Guid? presetId = (Guid?)body["template_version_preset_id"];
        FakePreset? preset = template.Active.Presets.FirstOrDefault(one => one.Id == presetId);
        string? prompt = (string?)body["rich_parameter_values"]?.AsArray().FirstOrDefault(value => (string?)value?["name"] == "AI Prompt")?["value"];
        FakeWorkspace workspace = state.Add(name, state.Resolve(user), template, prompt, preset, asTask: false);
        return One(workspace);
    }

    internal static string CheckName(string name) => Regex.IsMatch(name, "^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$") && name.Length <= 32
        ? name
        : throw new FakeRefusalException(400, "Validation failed.", null, ("name", $"Validation failed for tag \"workspace_name\" with value: \"{name}\""));

    internal static void CheckFree(FakeState state, string user, string name)
    {
        if (state.Find(user, name) is not null)
        {
            throw new FakeRefusalException(409, $"Workspace \"{name}\" already exists.", null, ("name", "This value is already in use and should be unique."));
        }
    }

    private JsonArray Templates(string? query)
    {
        if (query is not null && query != "has-ai-task:true" || query is not null && !Tasks.Exist(state.Options.Version))
        {
            throw new FakeRefusalException(400, "Invalid template search query.", null, ("q", $"\"{query}\" is not a valid query"));
        }

        return new JsonArray(
            [.. state.Templates.Where(template => query is null || template.HasAiTask).Select(template => CoderJson.Template(template, state))]);
    }

    private JsonArray Versions(Guid id)
    {
        FakeTemplate template = state.Templates.FirstOrDefault(one => one.Id == id) ?? throw FakeRefusalException.NotFound();
        return new JsonArray([.. template.Versions.Select(version => CoderJson.Version(version, state))]);
    }

    private FakeVersion Version(Guid id) =>
        state.Templates.SelectMany(template => template.Versions).FirstOrDefault(version => version.Id == id) ?? throw FakeRefusalException.NotFound();

    private Action<Utf8JsonWriter> AgentJson(Guid id)
    {
        FakeWorkspace workspace = state.Workspaces.FirstOrDefault(one => one.AgentId == id) ?? throw FakeRefusalException.NotFound();
        return writer => CoderJson.WriteAgent(writer, workspace, workspace.Latest, state);
    }

    private JsonArray AgentLog(Guid id)
    {
        FakeWorkspace workspace = state.Workspaces.FirstOrDefault(one => one.AgentId == id) ?? throw FakeRefusalException.NotFound();
        return new JsonArray(
            new JsonObject
            {
                ["id"] = 1,
                ["created_at"] = CoderJson.Time(workspace.CreatedAt),
                ["output"] = "Starting the agent",
                ["level"] = "info",
                ["source_id"] = workspace.AgentId,
            });
    }

    private JsonObject Regions() => new()
    {
        ["regions"] = new JsonArray(new JsonObject
        {
            ["id"] = state.OrganizationId,
            ["name"] = "primary",
            ["display_name"] = "Default",
            ["healthy"] = true,
            ["path_app_url"] = state.Address.AbsoluteUri.TrimEnd('/'),
            ["wildcard_hostname"] = state.Options.SubdomainApps ? state.Options.WildcardHost : "",
        }),
    };

    private static async Task WriteAsync(HttpContext context, int status, JsonNode? body)
    {
        context.Response.StatusCode = status;
        if (body is not null)
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        using (Utf8JsonWriter writer = new(context.Response.BodyWriter))
        {
            write(writer);
        }

        await context.Response.BodyWriter.FlushAsync();
    }
}
