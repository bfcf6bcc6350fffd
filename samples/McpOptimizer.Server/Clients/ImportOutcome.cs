using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Clients;

/// <summary>What <c>import</c> does with a server.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportOutcome>))]
internal enum ImportOutcome
{
    /// <summary>It is added.</summary>
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>It is added under another name, because a different server has its name.</summary>
    [JsonStringEnumMemberName("renamed")]
    Renamed,

    /// <summary>The same entry is there already.</summary>
    [JsonStringEnumMemberName("present")]
    Present,

    /// <summary>It is the optimizer itself.</summary>
    [JsonStringEnumMemberName("own")]
    Own,
}
