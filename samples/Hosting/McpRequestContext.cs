namespace Hosting;

/// <summary>Who is calling and which profile they addressed. Flows with the request into tool, prompt and resource handlers.</summary>
/// <param name="Profile">The segment behind the MCP path, else <see cref="McpHostOptions.DefaultProfile"/>; null for none.</param>
/// <param name="Subject">The subject of the bearer token; null where no token is required.</param>
public sealed record McpRequestContext(string? Profile, string? Subject)
{
    private static readonly AsyncLocal<McpRequestContext?> Ambient = new();

    /// <summary>The request being handled; empty outside of one.</summary>
    public static McpRequestContext Current
    {
        get => Ambient.Value ?? new McpRequestContext(null, null);
        internal set => Ambient.Value = value;
    }
}
