using System.Text.Json.Serialization;

namespace Fleet.Metadata.Models;

/// <summary>What kind of value an entry has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MetadataType>))]
public enum MetadataType
{
    /// <summary>Any text.</summary>
    [JsonStringEnumMemberName("string")]
    Text,

    /// <summary>A finite number.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>True or false.</summary>
    [JsonStringEnumMemberName("boolean")]
    Flag,

    /// <summary>One word of a fixed list.</summary>
    [JsonStringEnumMemberName("enum")]
    Choice,
}
