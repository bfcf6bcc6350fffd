using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;

namespace McpOptimizer.Server.Cli;

/// <summary><c>call SERVER TOOL [JSON]</c>: runs a tool and prints its answer. Only its server is started, and only for arguments that can be right.</summary>
internal static class CallCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> server = new("server") { Description = "Name of the server." };
        Argument<string> tool = new("tool") { Description = "Name of the tool." };
        Argument<string?> parameters = new("parameters") { Description = "Arguments as a JSON object; - reads them from standard input.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("call", "Calls a tool.") { server, tool, parameters, common.Json };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            string serverName = result.GetValue(server)!;
            string toolName = result.GetValue(tool)!;
            return CliFaults.GuardAsync(settings.Json, async () =>
            {
                JsonElement arguments = Parse(result.GetValue(parameters) is "-" ? await Console.In.ReadToEndAsync(cancellationToken) : result.GetValue(parameters));
                return await LocalOptimizer.AnswerAsync(
                    settings,
                    new LocalLook
                    {
                        Server = serverName,
                        Before = async (services, token) =>
                        {
                            await OneServerSource.RequireAsync(services, serverName, token);
                            CallCheck.Refuse(services, serverName, toolName, arguments);
                        },
                    },
                    async (running, token) => await ShowAsync(settings, await running.CallAsync("call_tool", Request(serverName, toolName, arguments), token)),
                    async (services, report, token) =>
                    {
                        ToolCallRequest call = new() { ServerName = serverName, ToolName = toolName, Arguments = arguments };
                        VisibilityScope scope = services.GetRequiredService<IVisibilityService>().ScopeOf(CallerIdentity.Anonymous);
                        ToolCallOutcome outcome = await services.GetRequiredService<IToolCallService>().CallAsync(call, scope, CallContext.None, token);
                        if (outcome.Status == ToolCallStatus.NotFound && report.Problems.Count > 0)
                        {
                            await Problems.NoteAsync(report.Problems);
                        }

                        return await ShowAsync(settings, JsonElement.Parse(JsonText.Of(outcome.Result), JsonText.Reading));
                    },
                    cancellationToken);
            });
        });
        return command;
    }

    private static JsonObject Request(string server, string tool, JsonElement arguments) => new()
    {
        ["server_name"] = server,
        ["tool_name"] = tool,
        ["parameters"] = arguments.ValueKind == JsonValueKind.Undefined ? [] : JsonObject.Create(arguments),
    };

    private static JsonElement Parse(string? parameters)
    {
        if (string.IsNullOrWhiteSpace(parameters))
        {
            return default;
        }

        try
        {
            JsonElement parsed = JsonElement.Parse(parameters, JsonText.Reading);
            return parsed.ValueKind == JsonValueKind.Object
                ? parsed
                : throw new ArgumentException($"The arguments are a JSON {parsed.ValueKind.ToString().ToLowerInvariant()}; a tool takes an object such as {{\"name\": \"value\"}}.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The arguments are not JSON: {e.Message}");
        }
    }

    // What a failed call says is for whoever reads errors; as JSON it is the answer.
    private static async Task<int> ShowAsync(CommonSettings settings, JsonElement result)
    {
        bool failed = result.TryGetProperty("isError", out JsonElement error) && error.ValueKind == JsonValueKind.True;
        await (settings.Json ? Answer.WriteJsonAsync(JsonText.Of(result)) : failed ? Answer.NoteAsync(ToolText.Of(result)) : Answer.WriteAsync(ToolText.Of(result)));
        return failed ? CliFaults.Failed : 0;
    }
}
