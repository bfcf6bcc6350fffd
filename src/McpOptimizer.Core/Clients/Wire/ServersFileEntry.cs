using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>One server of a <see cref="ServersFile"/>. Members that clients add for themselves are ignored.</summary>
internal sealed class ServersFileEntry
{
    [JsonPropertyName("type")]
    public string? Type { get; set; }

    [JsonPropertyName("transport")]
    public string? Transport { get; set; }

    [JsonPropertyName("command")]
    public string? Command { get; set; }

    [JsonPropertyName("args")]
    public List<string>? Args { get; set; }

    [JsonPropertyName("env")]
    public Dictionary<string, string>? Env { get; set; }

    [JsonPropertyName("cwd")]
    public string? WorkingDirectory { get; set; }

    [JsonPropertyName("url")]
    public string? Url { get; set; }

    [JsonPropertyName("headers")]
    public Dictionary<string, string>? Headers { get; set; }

    [JsonPropertyName("disabled")]
    public bool Disabled { get; set; }

    /// <summary>Milliseconds, as the clients that know this member write it.</summary>
    [JsonPropertyName("timeout")]
    public double? Timeout { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    /// <summary>Ours: the group, for <c>ALLOWED_GROUPS</c>.</summary>
    [JsonPropertyName("group")]
    public string? Group { get; set; }

    /// <summary>Ours: pass the caller's own Authorization header on to this server.</summary>
    [JsonPropertyName("forwardCallerCredentials")]
    public bool ForwardCallerCredentials { get; set; }

    /// <summary>Ours: log in with OAuth.</summary>
    [JsonPropertyName("oauth")]
    public ServersFileOAuth? OAuth { get; set; }

    /// <summary>Ours: pass the token that opened the optimizer on to this server.</summary>
    [JsonPropertyName("forwardOptimizerToken")]
    public bool ForwardOptimizerToken { get; set; }
}
