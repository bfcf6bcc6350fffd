namespace ToolHive.Client.Tools.Results;

/// <summary>A group.</summary>
internal sealed record GroupInfo
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Clients { get; init; }
}
