namespace Coder.Client.Clients.Wire;

/// <summary>Which build to run.</summary>
public sealed record CreateBuildRequest
{
    /// <summary><c>start</c>, <c>stop</c> or <c>delete</c>.</summary>
    public required string Transition { get; init; }

    /// <summary>Template version; null keeps the workspace's own.</summary>
    public Guid? TemplateVersionId { get; init; }

    /// <summary>Preset of that version.</summary>
    public Guid? TemplateVersionPresetId { get; init; }

    /// <summary>Parameter values that change.</summary>
    public IReadOnlyList<RichParameterValue>? RichParameterValues { get; init; }

    /// <summary>With <c>delete</c>: forget the resources instead of destroying them.</summary>
    public bool? Orphan { get; init; }

    /// <summary><c>debug</c> for verbose provisioner logs.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Why, for example <c>cli</c>.</summary>
    public string? Reason { get; init; }
}
