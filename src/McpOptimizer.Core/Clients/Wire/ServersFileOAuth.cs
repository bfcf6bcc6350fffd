namespace McpOptimizer.Core.Clients.Wire;

/// <summary>Member <c>oauth</c> of a <see cref="ServersFileEntry"/>.</summary>
internal sealed class ServersFileOAuth
{
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? ClientMetadataUrl { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public int? RedirectPort { get; init; }
}
