namespace Coder.Client.Models;

/// <summary>An agent to create.</summary>
public sealed record NewAgent
{
    /// <summary>Name: 1 to 32 letters, digits and single hyphens, not at the ends; not <c>new</c> or <c>create</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the project, without regard to case; or of its template, where two projects share a name.</summary>
    public required string Project { get; init; }

    /// <summary>Name of the organization whose project is meant; null where the project's name says it alone.</summary>
    public string? Organization { get; init; }

    /// <summary>First task. It is typed into a terminal: escape sequences and control characters are taken out.</summary>
    public required string Task { get; init; }

    /// <summary>Name of the role, without regard to case; null is the default role.</summary>
    public string? Role { get; init; }
}
