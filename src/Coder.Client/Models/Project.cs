namespace Coder.Client.Models;

/// <summary>A template from which agents can be made.</summary>
public sealed record Project
{
    /// <summary>Id of the template.</summary>
    public required Guid Id { get; init; }

    /// <summary>Display name of the template.</summary>
    public required string Name { get; init; }

    /// <summary>Description; can be empty.</summary>
    public string? Description { get; init; }

    /// <summary>Version that new workspaces use.</summary>
    public required Guid ActiveVersionId { get; init; }

    /// <summary>Whether Coder knows the template as one for AI tasks.</summary>
    public bool IsTaskTemplate { get; init; }

    /// <summary>Name of the parameter that takes the first prompt; null when there is none.</summary>
    public string? PromptParameter { get; init; }
}
