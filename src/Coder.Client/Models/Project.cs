namespace Coder.Client.Models;

/// <summary>A template from which agents can be made.</summary>
public sealed record Project
{
    /// <summary>Id of the template.</summary>
    public required Guid Id { get; init; }

    /// <summary>Display name of the template.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the template in addresses, unique in its organization.</summary>
    public string TemplateName { get; init; } = "";

    /// <summary>Name of the organization that owns the template; empty when the server does not say.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Why the template is not to be used any more; null when it may be, empty when its owner gives no reason.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Description; can be empty.</summary>
    public string? Description { get; init; }

    /// <summary>Version that new workspaces use.</summary>
    public required Guid ActiveVersionId { get; init; }

    /// <summary>Whether Coder knows the template as one for AI tasks.</summary>
    public bool IsTaskTemplate { get; init; }

    /// <summary>Name of the parameter that takes the first prompt; null when there is none.</summary>
    public string? PromptParameter { get; init; }
}
