using System.Text.Json.Nodes;

namespace Shared.Coder;

/// <summary>The task routes, as far as the version has them.</summary>
internal sealed class TaskApi(FakeState state)
{
    private string Version => state.Options.Version;

    public bool TryHandle(string method, string[] path, JsonNode? body, out int status, out JsonNode? answer)
    {
        (status, answer) = (0, null);
        string[]? rest = path switch
        {
            ["api", "v2", "tasks", .. string[] stable] when Tasks.HaveStableRoutes(Version) => stable,
            ["api", "experimental", "tasks", .. string[] early] when Tasks.Exist(Version) => early,
            _ => null,
        };
        if (rest is null)
        {
            return false;
        }

        (status, answer) = (method, rest) switch
        {
            ("GET", []) => (200, List()),
            ("POST", [var user]) => (201, Create(user, body!)),
            ("GET", [var user, var task]) => (200, Task(Find(user, task))),
            ("DELETE", [var user, var task]) when Tasks.CanSend(Version) => (202, Delete(Find(user, task))),
            ("POST", [var user, var task, "send"]) when Tasks.CanSend(Version) => (204, Send(Find(user, task), (string?)body?["input"] ?? "")),
            ("GET", [var user, var task, "logs"]) when Tasks.CanSend(Version) => (200, Logs(Find(user, task))),
            ("PATCH", [var user, var task, "input"]) when Tasks.HaveStableRoutes(Version) => (204, UpdateInput(Find(user, task))),
            ("POST", [var user, var task, "pause"]) when Tasks.HaveSnapshots(Version) => (202, Change(Find(user, task), "stop")),
            ("POST", [var user, var task, "resume"]) when Tasks.HaveSnapshots(Version) => (202, Change(Find(user, task), "start")),
            _ => throw FakeRefusalException.UnknownRoute(),
        };
        return true;
    }

    private FakeWorkspace Find(string user, string task)
    {
        if (!Guid.TryParse(task, out Guid id))
        {
            throw new FakeRefusalException(400, $"Invalid UUID \"{task}\".");
        }

        string owner = state.Resolve(user);
        return state.Workspaces.FirstOrDefault(workspace => workspace.Owner == owner && IdOf(workspace) == id) ?? throw FakeRefusalException.NotFound();
    }

    private Guid? IdOf(FakeWorkspace workspace)
    {
        if (Tasks.HasRecords(Version))
        {
            return workspace.TaskId;
        }

        return workspace.Template.HasAiTask ? workspace.Id : null;
    }

    private JsonObject List()
    {
        FakeWorkspace[] tasks = [.. state.Workspaces.Where(workspace => IdOf(workspace) is not null && workspace.Latest.Status(state.Now) != "deleted")];
        return new JsonObject { ["tasks"] = new JsonArray([.. tasks.Select(Task)]), ["count"] = tasks.Length };
    }

    private JsonObject Create(string user, JsonNode body)
    {
        Guid? versionId = (Guid?)body["template_version_id"];
        FakeTemplate template = state.Templates.FirstOrDefault(one => one.Versions.Any(version => version.Id == versionId))
            ?? throw FakeRefusalException.NotFound();
        if (!template.HasAiTask)
        {
            throw new FakeRefusalException(400, "Template does not have a valid \"coder_ai_task\" resource.");
        }

        string name = CoderApi.CheckName((string?)body["name"] ?? "task-" + state.Workspaces.Count);
        CoderApi.CheckFree(state, user, name);
        Guid? presetId = (Guid?)body["template_version_preset_id"];
        FakePreset? preset = template.Active.Presets.FirstOrDefault(one => one.Id == presetId);
        return (JsonObject)Task(state.Add(name, state.Resolve(user), template, (string?)body["input"], preset));
    }

    private JsonNode Task(FakeWorkspace workspace) => new JsonObject
    {
        ["id"] = IdOf(workspace),
        ["organization_id"] = state.OrganizationId,
        ["owner_id"] = state.UserId,
        ["owner_name"] = workspace.Owner,
        ["name"] = workspace.Name,
        ["template_id"] = workspace.Template.Id,
        ["template_version_id"] = workspace.Latest.Version.Id,
        ["workspace_id"] = workspace.Id,
        ["workspace_name"] = workspace.Name,
        ["workspace_status"] = workspace.Latest.Status(state.Now),
        ["workspace_app_id"] = workspace.Booted ? workspace.CodingAppId : null,
        ["initial_prompt"] = workspace.Prompt ?? "",
        ["status"] = StateOf(workspace),
        ["current_state"] = workspace.LatestStatus is { } report
            ? new JsonObject { ["timestamp"] = CoderJson.Time(report.CreatedAt), ["state"] = report.State, ["message"] = report.Message, ["uri"] = "" }
            : null,
        ["created_at"] = CoderJson.Time(workspace.CreatedAt),
        ["updated_at"] = CoderJson.Time(workspace.CreatedAt),
    };

    private static string StateOf(FakeWorkspace workspace) => workspace.TaskState ?? (workspace.Booted ? "active" : "initializing");

    private JsonNode? Delete(FakeWorkspace workspace)
    {
        state.QueueBuild(workspace, "delete");
        return null;
    }

    private JsonNode? Send(FakeWorkspace workspace, string input)
    {
        if (input.Length == 0)
        {
            throw new FakeRefusalException(400, "Task input is required.");
        }

        if (!workspace.Booted || workspace.TaskState is not null)
        {
            throw Tasks.HaveSnapshots(Version) ? new FakeRefusalException(409, "Task is not active.") : Tasks.HasRecords(Version) ? new FakeRefusalException(
                400, "Task status must be active.") : new FakeRefusalException(503, "Task app is initializing.");
        }

        if (workspace.Unreachable)
        {
            throw new FakeRefusalException(502, "Failed to reach task app endpoint.", "dial tcp: connection refused");
        }

        if (workspace.IsWorking)
        {
            throw new FakeRefusalException(Tasks.HaveSnapshots(Version) ? 409 : 502, "Task app is not ready to accept input.", "Status: running");
        }

        workspace.BeginTask(input, state.Now, state.Options.TaskTime);
        return null;
    }

    private JsonObject Logs(FakeWorkspace workspace)
    {
        bool snapshots = Tasks.HaveSnapshots(Version);
        if (!workspace.Booted && !snapshots)
        {
            throw Tasks.HasRecords(Version)
                ? new FakeRefusalException(400, "Task status must be active.")
                : new FakeRefusalException(503, "Task app is initializing.");
        }

        JsonArray logs = new([.. workspace.Messages.Select(message => new JsonObject
        {
            ["id"] = message.Id,
            ["content"] = message.Content,
            ["type"] = message.Role == "user" ? "input" : "output",
            ["time"] = CoderJson.Time(message.Time),
        })]);
        JsonObject answer = new() { ["logs"] = logs };
        if (snapshots)
        {
            answer["snapshot"] = !workspace.Booted;
        }

        return answer;
    }

    private static JsonNode? UpdateInput(FakeWorkspace workspace) =>
        workspace.Booted ? throw new FakeRefusalException(409, "Task must be paused to update its input.") : null;

    private JsonObject Change(FakeWorkspace workspace, string transition)
    {
        FakeBuild build = state.QueueBuild(workspace, transition);
        return new JsonObject
        {
            ["workspace_build"]
            = new JsonObject { ["id"] = build.Id, ["transition"] = transition, ["status"] = build.Status(state.Now), ["build_number"] = build.Number },
        };
    }
}
