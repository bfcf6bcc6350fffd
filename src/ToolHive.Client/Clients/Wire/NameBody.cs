namespace ToolHive.Client.Clients.Wire;

/// <summary>A name alone.</summary>
internal sealed record NameBody
{
    public string? Name { get; init; }
}
