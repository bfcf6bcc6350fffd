using System.Text.Json;
using McpOptimizer.Core.Models;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>
/// A tool of the optimizer, the same over MCP (<see cref="OptimizerMcpTool"/>) and as a function (<see cref="OptimizerFunction"/>): only the caller differs.
/// </summary>
internal sealed record OptimizerTool : ToolDeclaration
{
    private const int MostNamed = 20;

    private Tool? _described;

    /// <summary>The schema of its answers; null when it hands through what others answer.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What it does, where that differs by caller; null where the description says it.</summary>
    public Func<CallerIdentity, string>? DescribeFor { get; init; }

    /// <summary>Does the work; faults may be thrown.</summary>
    public required Func<ToolCall, CallerIdentity, CancellationToken, ValueTask<CallToolResult>> RunAsync { get; init; }

    /// <summary>The tool as a caller is told of it.</summary>
    public Tool Describe(CallerIdentity caller)
    {
        Tool described = _described ??= Describe(JsonElement.Parse(JsonText.Of(ToolSchemas.Brief(this))), Output);
        return DescribeFor is null ? described : Describe(described.InputSchema, Output, DescribeFor(caller));
    }

    /// <summary>Calls it; what the caller can mend is an answer that says so.</summary>
    public async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> request, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunAsync(ToolCall.Of(this, request), caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolArgumentException e)
        {
            return Failure(e.Fault == ToolArgumentFault.Missing ? e.Message + Received(request.Params?.Arguments?.Keys ?? []) : e.Message);
        }
        catch (Exception e) when (e is ArgumentException or EmbeddingException or OptimizerStoreException or LimitReachedException)
        {
            return Failure(e is ArgumentException argument ? WithoutParameterName(argument) : e.Message);
        }
    }

    /// <summary>An error that the model can read and act on.</summary>
    public static CallToolResult Failure(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    /// <summary>A JSON answer: once as text for clients that read text, once structured.</summary>
    public static CallToolResult Json(string json) => new()
    {
        Content = [new TextContentBlock { Text = json }],
        StructuredContent = JsonElement.Parse(json, JsonText.Reading),
    };

    /// <summary>A text answer, also structured as <c>{"result": TEXT}</c>.</summary>
    public static CallToolResult Text(string text, bool isError) => new()
    {
        IsError = isError,
        Content = [new TextContentBlock { Text = text }],
        StructuredContent = JsonElement.Parse($"{{\"result\":\"{JsonText.Inner(text)}\"}}"),
    };

    private static string Received(ICollection<string> names) => names.Count == 0 ? " No arguments came."
        : $" Received: {string.Join(", ", names.Order(StringComparer.Ordinal).Take(MostNamed).Select(name => VisibleText.Shorten(name)))}.";

    private static string WithoutParameterName(ArgumentException fault)
    {
        int at = fault.ParamName is null ? -1 : fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return at < 0 ? fault.Message : fault.Message[..at];
    }
}
