namespace Coder.Client.Clients.Wire;

/// <summary>A task to create, workspace included (Coder 2.28 and later).</summary>
public sealed record CreateTaskRequest
{
    /// <summary>Template version.</summary>
    public required Guid TemplateVersionId { get; init; }

    /// <summary>Preset of that version.</summary>
    public Guid? TemplateVersionPresetId { get; init; }

    /// <summary>First prompt.</summary>
    public required string Input { get; init; }

    /// <summary>Name of the task and its workspace; Coder makes one up when null.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people, at most 64 characters.</summary>
    public string? DisplayName { get; init; }
}
