namespace ToolHive.Client.Models.Artifacts;

/// <summary>Which installed skills or plugins to list. Null members do not restrict.</summary>
public sealed record ArtifactQuery
{
    /// <summary><c>user</c> or <c>project</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>AI client they are installed for.</summary>
    public string? Client { get; init; }

    /// <summary>Project, for the scope <c>project</c>.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>Group.</summary>
    public string? Group { get; init; }
}
