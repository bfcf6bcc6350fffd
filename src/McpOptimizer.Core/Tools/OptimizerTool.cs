using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>What the optimizer's tools have in common: schemas written out, arguments read with clear faults, compact results.</summary>
internal abstract class OptimizerTool : McpServerTool
{
    /// <inheritdoc />
    public override IReadOnlyList<object> Metadata => [];

    /// <summary>Does the work; faults may be thrown.</summary>
    protected abstract ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public sealed override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Params?.Arguments is { Count: > 0 } arguments)
        {
            request.Params.Arguments = Whole(arguments);
        }

        try
        {
            return await RunAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or EmbeddingException or OptimizerStoreException or LimitReachedException)
        {
            return Failure(e is ArgumentException argument ? WithoutParameterName(argument) : e.Message);
        }
    }

    /// <summary>An error that the model can read and act on.</summary>
    internal static CallToolResult Failure(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    /// <summary>A JSON answer: once as text for clients that read text, once structured.</summary>
    internal static CallToolResult Json(string json) => new() { Content = [new TextContentBlock { Text = json }], StructuredContent = JsonElement.Parse(json, JsonText.Reading) };

    /// <summary>A text answer, also structured as <c>{"result": TEXT}</c>.</summary>
    internal static CallToolResult Text(string text, bool isError) => new()
    {
        IsError = isError,
        Content = [new TextContentBlock { Text = text }],
        StructuredContent = JsonElement.Parse(ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("result"u8, text);
            writer.WriteEndObject();
        })),
    };

    // Half a character, as careless cutting leaves it, would fail wherever the text is looked at.
    private static Dictionary<string, JsonElement> Whole(IDictionary<string, JsonElement> arguments)
    {
        Dictionary<string, JsonElement> whole = new(arguments.Count, StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in arguments)
        {
            whole[JsonText.Whole(name)] = JsonText.Whole(value);
        }

        return whole;
    }

    private static string WithoutParameterName(ArgumentException fault)
    {
        int at = fault.ParamName is null ? -1 : fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return at < 0 ? fault.Message : fault.Message[..at];
    }
}
