using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace Fleet.Metadata.Json;

/// <summary>How the package writes JSON: source-generated, camelCase, text as it is wherever JSON allows it.</summary>
public static class FleetMetadataJson
{
    /// <summary>Read-only options for the models of this package and of the protocol.</summary>
    public static JsonSerializerOptions DefaultOptions { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            // The body is declared as JSON and never pasted into a page, and the size limit counts bytes as they are sent.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(FleetMetadataJsonContext.Default, McpJsonUtilities.DefaultOptions.TypeInfoResolver),
        };
        options.MakeReadOnly();
        return options;
    }
}
