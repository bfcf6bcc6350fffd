namespace ToolHive.Client.Clients.Wire;

/// <summary>A status word alone.</summary>
internal sealed record StatusAnswer
{
    public string? Status { get; init; }
}
