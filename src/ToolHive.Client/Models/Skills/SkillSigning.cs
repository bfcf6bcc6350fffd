namespace ToolHive.Client.Models.Skills;

/// <summary>How a skill is signed when it is pushed. A class and not a record, so that its text shows no secret.</summary>
public sealed class SkillSigning
{
    /// <summary>True to push it unsigned.</summary>
    public bool? Skip { get; init; }

    /// <summary>Key to sign with.</summary>
    public string? Key { get; init; }

    /// <summary>Identity token for keyless signing.</summary>
    public string? IdentityToken { get; init; }
}
