namespace ToolHive.Client.Clients.Wire;

/// <summary>An OCI reference.</summary>
internal sealed record ReferenceBody
{
    public string? Reference { get; init; }
}
