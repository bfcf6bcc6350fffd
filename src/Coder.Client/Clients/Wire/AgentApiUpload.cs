using System.Text.Json.Serialization;

namespace Coder.Client.Clients.Wire;

/// <summary>Where an uploaded file went.</summary>
public sealed record AgentApiUpload
{
    /// <summary>Whether it was stored; null when the agent does not say.</summary>
    public bool? Ok { get; init; }

    /// <summary>Path inside the workspace.</summary>
    [JsonPropertyName("filePath")]
    public string? FilePath { get; init; }
}
