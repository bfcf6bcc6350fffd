namespace ToolHive.Client.Models.Workloads;

/// <summary>How ToolHive signs in to a remote server.</summary>
public sealed record RemoteOAuthSettings
{
    /// <summary>OAuth issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>Authorization endpoint.</summary>
    public string? AuthorizeUrl { get; init; }

    /// <summary>Token endpoint.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>Client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Where the client secret is kept.</summary>
    public SecretReference? ClientSecret { get; init; }

    /// <summary>Where a ready token is kept.</summary>
    public SecretReference? BearerToken { get; init; }

    /// <summary>Scopes to ask for.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether to use PKCE.</summary>
    public bool? UsePkce { get; init; }

    /// <summary>Further parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string>? OauthParams { get; init; }

    /// <summary>Local port of the redirect.</summary>
    public int? CallbackPort { get; init; }

    /// <summary>True to not open a browser.</summary>
    public bool? SkipBrowser { get; init; }

    /// <summary>Resource indicator.</summary>
    public string? Resource { get; init; }
}
