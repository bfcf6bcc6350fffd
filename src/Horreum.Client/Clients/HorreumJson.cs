using System.Text.Json;

namespace Horreum.Client.Clients;

/// <summary>How the wire models are read and written; for callers who handle them outside of the client.</summary>
public static class HorreumJson
{
    /// <summary>Source-generated and read-only: every wire model, times as milliseconds, nulls left out.</summary>
    public static JsonSerializerOptions DefaultOptions => HorreumJsonContext.Default.Options;
}
