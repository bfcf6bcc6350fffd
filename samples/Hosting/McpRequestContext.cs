namespace Hosting;

/// <summary>Who is calling and which profile they addressed. Flows with the request into tool, prompt and resource handlers.</summary>
/// <param name="Profile">The segment behind the MCP path, else <see cref="McpHostOptions.DefaultProfile"/>; null for none.</param>
/// <param name="Subject">The subject of the static token, or <c>user:</c> and that of who signed in; null where no token is required.</param>
public sealed record McpRequestContext(string? Profile, string? Subject)
{
    /// <summary>The request's <c>Authorization</c> header, whether it opened this host (then there is a <see cref="Subject"/>) or not; null for none. Secret.</summary>
    public string? Authorization { get; init; }

    /// <summary>Whether the caller may do what <see cref="McpHostOptions.Admins"/> is for. Over stdio the caller is the one who started the program.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>The groups of a caller who signed in (<see cref="McpHostOptions.Jwt"/>), each as <c>group:NAME</c>; null for whoever did not sign in.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    private static readonly AsyncLocal<McpRequestContext?> Ambient = new();

    /// <summary>The request being handled; empty outside of one.</summary>
    public static McpRequestContext Current
    {
        get => Ambient.Value ?? new McpRequestContext(null, null);
        internal set => Ambient.Value = value;
    }

    /// <summary>Profile and subject; never the credentials.</summary>
    public override string ToString() => $"{Subject ?? "caller"} ({Profile ?? "no profile"})";
}
