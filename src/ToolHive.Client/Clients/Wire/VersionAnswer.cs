namespace ToolHive.Client.Clients.Wire;

/// <summary>Answer to the version question.</summary>
internal sealed record VersionAnswer
{
    public string? Version { get; init; }
}
