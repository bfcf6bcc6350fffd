using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shared.Coder;

/// <summary>AgentAPI inside a workspace.</summary>
internal sealed class AgentApi(FakeState state)
{
    public async Task HandleAsync(HttpContext context, FakeWorkspace workspace, string method, string path, JournalEntry entry)
    {
        JsonNode answer;
        switch (method, path)
        {
            case ("GET", "status"):
                answer = new JsonObject
                {
                    ["$schema"] = "https://example.com/schemas/StatusResponseBody.json",
                    ["status"] = workspace.IsWorking ? "running" : "stable",
                    ["agent_type"] = "claude",
                    ["transport"] = "pty",
                };
                break;
            case ("GET", "messages"):
                answer = new JsonObject { ["messages"] = new JsonArray([.. workspace.Messages.Select(Message)]) };
                break;
            case ("POST", "message"):
                JsonNode body = JsonNode.Parse(entry.Body)!;
                if (workspace.AnswersNotOk)
                {
                    await WriteAsync(context, 200, new JsonObject { ["ok"] = false }, "application/json");
                    return;
                }

                if (Refuse(workspace, (string?)body["type"], (string?)body["content"]) is { } problem)
                {
                    await WriteAsync(context, (int)problem["status"]!, problem, "application/problem+json");
                    return;
                }

                answer = new JsonObject { ["ok"] = true };
                break;
            case ("POST", "upload"):
                answer = new JsonObject { ["ok"] = !workspace.AnswersNotOk, ["filePath"] = "/tmp/upload/" + entry.Body.Split("filename=")[^1].Split('\r', ';')[0].Trim('"') };
                break;
            case ("GET", "events"):
                await EventsAsync(context, workspace);
                return;
            default:
                await WriteAsync(context, 404, new JsonObject { ["title"] = "Not Found", ["status"] = 404 }, "application/problem+json");
                return;
        }

        await WriteAsync(context, 200, answer, "application/json");
    }

    private JsonObject? Refuse(FakeWorkspace workspace, string? type, string? content)
    {
        if (type == "raw")
        {
            workspace.Keys.Add(content ?? "");
            workspace.InterruptsNeeded--;
            if (workspace.IsWorking && workspace.InterruptsNeeded <= 0)
            {
                workspace.EndTask("Interrupted.", state.Now);
            }

            return null;
        }

        if (workspace.IsWorking)
        {
            return Problem(500, "failed to send message: message can only be sent when the agent is waiting for user input");
        }

        workspace.BeginTask((content ?? "").Trim(), state.Now, state.Options.TaskTime);
        return null;
    }

    private static JsonObject Problem(int status, string detail) => new() { ["title"] = "Internal Server Error", ["status"] = status, ["detail"] = detail };

    private static JsonNode Message(FakeMessage message) => new JsonObject
    {
        ["id"] = message.Id,
        ["content"] = message.Content,
        ["role"] = message.Role,
        ["time"] = CoderJson.Time(message.Time),
    };

    // A replay that rebuilds the state, one kind of event that nobody knows, one that is broken, and then the end.
    private static async Task EventsAsync(HttpContext context, FakeWorkspace workspace)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (FakeMessage message in workspace.Messages)
        {
            JsonObject data = new() { ["id"] = message.Id, ["role"] = message.Role, ["message"] = message.Content, ["time"] = CoderJson.Time(message.Time) };
            await context.Response.WriteAsync($"event: message_update\ndata: {data.ToJsonString()}\n\n");
        }

        await context.Response.WriteAsync("event: screen\ndata: {\"screen\":\"x\"}\n\n");
        await context.Response.WriteAsync("event: message_update\ndata: not json\n\n");
        JsonObject status = new() { ["status"] = workspace.IsWorking ? "running" : "stable", ["agent_type"] = "claude" };
        await context.Response.WriteAsync($"event: status_change\ndata: {status.ToJsonString()}\n\n");
        await context.Response.WriteAsync("event: agent_error\ndata: {\"message\":\"slow\",\"level\":\"warning\",\"time\":\"2026-01-01T00:00:00Z\"}\n\n");
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode body, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body.ToJsonString());
    }
}
