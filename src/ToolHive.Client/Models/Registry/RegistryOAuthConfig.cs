using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Registry;

/// <summary>How a remote server wants its callers to sign in.</summary>
public sealed record RegistryOAuthConfig
{
    /// <summary>OAuth issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>Authorization endpoint.</summary>
    public string? AuthorizeUrl { get; init; }

    /// <summary>Token endpoint.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Scopes to ask for.</summary>
    public IReadOnlyList<string> Scopes { get => field ?? []; init; }

    /// <summary>Whether to use PKCE.</summary>
    public bool? UsePkce { get; init; }

    /// <summary>Further parameters.</summary>
    public IReadOnlyDictionary<string, string> OauthParams { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Local port of the redirect.</summary>
    public int? CallbackPort { get; init; }

    /// <summary>Resource indicator.</summary>
    public string? Resource { get; init; }
}
