using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol;

namespace Coder.Client.Tools;

/// <summary>How the tools write JSON: snake_case, absent values as null, and whatever the MCP SDK itself needs.</summary>
internal static class FleetJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(FleetJsonContext.Default.Options)
        {
            TypeInfoResolver = null,

            // The text is read by models and not by browsers: an apostrophe as six characters helps nobody.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.TypeInfoResolverChain.Add(FleetJsonContext.Default);
        options.TypeInfoResolverChain.Add(McpJsonUtilities.DefaultOptions.TypeInfoResolver!);
        options.MakeReadOnly();
        return options;
    }
}
