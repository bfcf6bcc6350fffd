namespace ToolHive.Client.Clients.Wire;

/// <summary>Which build to push, and how to sign it.</summary>
internal sealed record PushSkillBody
{
    public string? Reference { get; init; }

    public bool? NoSign { get; init; }

    public string? Key { get; init; }

    public string? IdentityToken { get; init; }
}
