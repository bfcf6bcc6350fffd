namespace ToolHive.Client.Clients.Wire;

/// <summary>An AI client and its groups.</summary>
internal sealed record ClientBody
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }
}
