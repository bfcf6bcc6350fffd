namespace ToolHive.Client.Models.Workloads;

/// <summary>Who may call a workload's proxy. Its text never shows the secret.</summary>
public sealed record OidcSettings
{
    /// <summary>Issuer of the tokens.</summary>
    public string? Issuer { get; init; }

    /// <summary>Audience of the tokens.</summary>
    public string? Audience { get; init; }

    /// <summary>Where the issuer's keys are.</summary>
    public string? JwksUrl { get; init; }

    /// <summary>Where opaque tokens are checked.</summary>
    public string? IntrospectionUrl { get; init; }

    /// <summary>Client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(OidcSettings)} {{ Issuer = {Issuer}, Audience = {Audience}, ClientId = {ClientId} }}";
}
