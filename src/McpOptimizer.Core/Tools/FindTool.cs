using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tools;

/// <summary><c>find_tool</c>: the best tools for a need, with what that saved.</summary>
internal static class FindTool
{
    // Member of a request's _meta: false says that this search and the call after it teach nothing, and are ranked without what was learned.
    private const string LearnKey = "mcp-optimizer/learn";

    public static OptimizerTool Create(IDiscoveryService discovery) => new()
    {
        Name = "find_tool",
        Title = "Find tools",

        // It names what is behind it at the moment.
        Description = "",
        DescribeFor = discovery.DescribeCatalog,
        Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Parameters =
        [
            OptimizerParameters.Need("What you need to do, in your own words, in English. Several needs may stand in one text."),
            OptimizerParameters.Keywords("Words that the tool's name or description probably contains. Optional."),
            OptimizerParameters.Limit("Most tools to return."),
            new("explain", ToolParameterKind.Flag, "Say for each tool why it was found.") { Default = false },
            new("detail", ToolParameterKind.Choice, "compact: purpose and call signature only; describe_tool gives the rest.")
            {
                Choices = ["full", "compact"],
            },
            new("token_budget", ToolParameterKind.Integer, "Most tokens the answer may cost.")
            {
                Minimum = DiscoveryService.SmallestBudget,
                Maximum = DiscoveryService.LargestBudget,
            },
        ],
        Output = AnswerSchemas.Found,
        RunAsync = async (call, caller, token) =>
        {
            bool learn = call.Request.Params?.Meta?[LearnKey] is not JsonValue value || !value.TryGetValue(out bool wanted) || wanted;
            FindRequest find = Read(call) with { Learn = learn };
            return Answer(await discovery.FindAsync(find, caller with { SessionId = call.Request.Server.SessionId }, token).ConfigureAwait(false));
        },
    };

    /// <summary>Does for nobody what a request makes the tool and the SDK do.</summary>
    public static async Task RehearseAsync(DiscoveryService discovery, string need, CancellationToken cancellationToken = default)
    {
        OptimizerTool tool = Create(discovery);
        Dictionary<string, JsonElement> arguments = new() { ["tool_description"] = JsonElement.Parse($"\"{JsonText.Inner(need)}\"") };
        CallToolRequestParams parameters = new() { Name = tool.Name, Arguments = arguments };
        JsonRpcMessage request = new JsonRpcRequest
        {
            Id = new RequestId(1),
            Method = RequestMethods.ToolsCall,
            Params = JsonSerializer.SerializeToNode(parameters, TypeOf<CallToolRequestParams>()),
        };
        byte[] sent = JsonSerializer.SerializeToUtf8Bytes(request, TypeOf<JsonRpcMessage>());
        JsonRpcRequest read = (JsonRpcRequest)JsonSerializer.Deserialize(sent, TypeOf<JsonRpcMessage>())!;
        FindRequest find = Read(new ToolArguments(tool, read.Params.Deserialize(TypeOf<CallToolRequestParams>())!.Arguments!));
        CallToolResult answer = Answer(await discovery.RehearseAsync(find, cancellationToken).ConfigureAwait(false));
        JsonRpcMessage response = new JsonRpcResponse { Id = read.Id, Result = JsonSerializer.SerializeToNode(answer, TypeOf<CallToolResult>()) };
        _ = JsonSerializer.SerializeToUtf8Bytes(response, TypeOf<JsonRpcMessage>());
    }

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));

    private static CallToolResult Answer(FindResult found) => OptimizerTool.Json(FindAnswer.Write(found));

    private static FindRequest Read(ToolArguments call) => new()
    {
        Query = OptimizerParameters.ReadQuery(call) with { Explain = call.Flag("explain") },
        Detail = call.Choice("detail") switch { "full" => ToolDetail.Full, "compact" => ToolDetail.Compact, _ => null },
        TokenBudget = call.OptionalInteger("token_budget"),
    };
}
