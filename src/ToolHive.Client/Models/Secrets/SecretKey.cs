namespace ToolHive.Client.Models.Secrets;

/// <summary>Name of a stored secret. Values are never read.</summary>
public sealed record SecretKey
{
    /// <summary>Name.</summary>
    public string? Key { get; init; }

    /// <summary>What the provider says about it.</summary>
    public string? Description { get; init; }
}
