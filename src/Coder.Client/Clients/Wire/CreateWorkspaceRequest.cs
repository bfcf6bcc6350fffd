namespace Coder.Client.Clients.Wire;

/// <summary>What to create. Give exactly one of <see cref="TemplateId"/> and <see cref="TemplateVersionId"/>.</summary>
public sealed record CreateWorkspaceRequest
{
    /// <summary>Name: 1 to 32 letters, digits and single hyphens, not at the ends.</summary>
    public required string Name { get; init; }

    /// <summary>Template whose active version is used.</summary>
    public Guid? TemplateId { get; init; }

    /// <summary>An exact template version.</summary>
    public Guid? TemplateVersionId { get; init; }

    /// <summary>Preset that supplies parameter values.</summary>
    public Guid? TemplateVersionPresetId { get; init; }

    /// <summary>Parameter values beside the preset's.</summary>
    public IReadOnlyList<RichParameterValue>? RichParameterValues { get; init; }

    /// <summary>Cron text of the automatic start.</summary>
    public string? AutostartSchedule { get; init; }

    /// <summary>Milliseconds until the automatic stop.</summary>
    public long? TtlMs { get; init; }

    /// <summary><c>always</c> or <c>never</c>.</summary>
    public string? AutomaticUpdates { get; init; }
}
