using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolHive.Client.Models;

/// <summary>Reads any word as a transport; anything but a word becomes the empty transport.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class McpTransportJsonConverter : JsonConverter<McpTransport>
{
    /// <inheritdoc/>
    public override McpTransport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(TolerantJson.ReadWord(ref reader)?.ToLowerInvariant());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, McpTransport value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
