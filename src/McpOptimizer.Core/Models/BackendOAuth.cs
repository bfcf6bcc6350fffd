namespace McpOptimizer.Core.Models;

/// <summary>How the optimizer logs in to a backend that wants OAuth. Discovery, registration, PKCE and refresh follow the MCP specification.</summary>
public sealed class BackendOAuth
{
    /// <summary>Client id registered with the authorization server; null to register at login.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of <see cref="ClientId"/>; null for a public client. Secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// Address of a client metadata document that describes the optimizer: authorization servers that know such documents take it in place of a registration.
    /// https; null for none.
    /// </summary>
    public Uri? ClientMetadataUrl { get; init; }

    /// <summary>Scopes to ask for when the server names none.</summary>
    public IReadOnlyList<string> Scopes { get => field ?? []; init; }

    /// <summary>Port of the loopback address that the browser is sent back to at login; null for any free one.</summary>
    public int? RedirectPort { get; init; }

    /// <summary>The client id only.</summary>
    public override string ToString() => ClientId ?? "registered at login";
}
