using System.Text.Json;
using ModelContextProtocol;

namespace ToolHive.Client.Tools;

/// <summary>How tools read arguments and write results: ToolHive's snake_case, nulls left out.</summary>
internal static class ToolsJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(McpJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        options.TypeInfoResolverChain.Insert(0, ToolsJsonContext.Default);
        options.MakeReadOnly();
        return options;
    }
}
