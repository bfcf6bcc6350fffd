using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolHive.Client.Models;

/// <summary>Reads any word as a status; anything but a word becomes the empty status, so that one odd value never breaks a list.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkloadStatusJsonConverter : JsonConverter<WorkloadStatus>
{
    /// <inheritdoc/>
    public override WorkloadStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(TolerantJson.ReadWord(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WorkloadStatus value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
