using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Cli;

/// <summary><c>call SERVER TOOL [JSON]</c>: runs a tool and prints its answer.</summary>
internal static class CallCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> server = new("server") { Description = "Name of the server." };
        Argument<string> tool = new("tool") { Description = "Name of the tool." };
        Argument<string?> parameters = new("parameters") { Description = "Arguments as a JSON object.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = new("--json") { Description = "The whole result as JSON." };
        Command command = new("call", "Calls a tool.") { server, tool, parameters, json };
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            stored: false,
            async (services, _, token) =>
            {
                ToolCallRequest call = new() { ServerName = result.GetValue(server), ToolName = result.GetValue(tool), Arguments = Parse(result.GetValue(parameters)) };
                VisibilityScope scope = services.GetRequiredService<IVisibilityService>().ScopeOf(CallerIdentity.Anonymous);
                ToolCallOutcome outcome = await services.GetRequiredService<IToolCallService>().CallAsync(call, scope, CallContext.None, token);
                bool failed = outcome.Status != ToolCallStatus.Succeeded;
                await (failed ? Console.Error : Console.Out).WriteLineAsync(result.GetValue(json) ? outcome.Result.ToJsonString() : Text(outcome.Result));
                return failed ? 1 : 0;
            },
            cancellationToken));
        return command;
    }

    private static JsonElement Parse(string? parameters)
    {
        if (string.IsNullOrWhiteSpace(parameters))
        {
            return default;
        }

        try
        {
            return JsonElement.Parse(parameters);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The arguments are not JSON: {e.Message}");
        }
    }

    // Text as it is; anything else as the JSON it came in.
    private static string Text(JsonObject result) => result["content"] is not JsonArray content
        ? result.ToJsonString()
        : string.Join('\n', content.Select(block => block?["text"]?.GetValueKind() == JsonValueKind.String ? block["text"]!.GetValue<string>() : block?.ToJsonString()));
}
