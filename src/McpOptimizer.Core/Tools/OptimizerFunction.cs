using System.Text.Json;
using McpOptimizer.Core.Models;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>One tool as a function of one caller.</summary>
internal sealed class OptimizerFunction(OptimizerTool tool, McpServer session, CallerIdentity caller) : AIFunction
{
    public override string Name => tool.Name;

    public override string Description => tool.Describe(caller).Description!;

    public override JsonElement JsonSchema => tool.Describe(caller).InputSchema;

    public override JsonSerializerOptions JsonSerializerOptions => McpJsonUtilities.DefaultOptions;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        CallToolRequestParams parameters = new() { Name = Name, Arguments = arguments.ToDictionary(argument => argument.Key, argument => Element(argument.Value)) };
        RequestContext<CallToolRequestParams> request = new(session, new JsonRpcRequest { Method = RequestMethods.ToolsCall, Id = new RequestId(0) }, parameters);
        CallToolResult result = await tool.CallAsync(request, caller, cancellationToken).ConfigureAwait(false);
        bool textOnly = result.Content.All(block => block is TextContentBlock);
        string text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        return result switch
        {
            { IsError: true } => $"Error: {text}",
            { StructuredContent: { } structured } when textOnly => structured,
            _ when textOnly => text,
            _ => result.Content.ToAIContents(),
        };
    }

    // Models' arguments come as JSON; code may hand over plain values.
    private static JsonElement Element(object? value) => value is JsonElement element
        ? element
        : JsonSerializer.SerializeToElement(value, McpJsonUtilities.DefaultOptions.GetTypeInfo(value?.GetType() ?? typeof(object)));
}
