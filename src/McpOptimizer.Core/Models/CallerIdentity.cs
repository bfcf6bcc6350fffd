namespace McpOptimizer.Core.Models;

/// <summary>Who is calling, as far as the host knows.</summary>
public sealed record CallerIdentity
{
    /// <summary>Nobody in particular: a library call, the command line, or a host without profiles and tokens: whoever runs this process.</summary>
    public static CallerIdentity Anonymous { get; } = new() { IsAdmin = true };

    /// <summary>The profile that the caller addressed; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The subject of the caller's token; null where no token is required.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// Further names that the caller goes by, such as the groups that a sign-in service says he is in; profiles name them among their subjects.
    /// Null for a caller that the host's own settings name: with a list, even an empty one, a caller whom no profile names sees the default profile or nothing,
    /// as soon as there are profiles.
    /// </summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Whether the caller may install and uninstall servers, which changes what everybody sees. Never so unless the host says it.</summary>
    /// <value>False.</value>
    public bool IsAdmin { get; init; }

    /// <summary>The MCP session, so that what one session stored is not read by another; null outside of one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The caller's <c>Authorization</c> header, for the backends whose entry asks for it; null for none, or when it opened this host. Secret.</summary>
    public string? Authorization { get; init; }

    /// <summary>The caller's <c>Authorization</c> header when it opened this host, for the backends whose entry asks for just that; null for none. Secret.</summary>
    public string? HostAuthorization { get; init; }

    /// <summary>Profile and subject; never the credentials.</summary>
    public override string ToString() => $"{Subject ?? "caller"} ({Profile ?? "no profile"})";
}
