namespace ToolHive.Client.Clients.Wire;

/// <summary>A folder, and a tag for what is built from it.</summary>
internal sealed record PathBody
{
    public string? Path { get; init; }

    public string? Tag { get; init; }
}
