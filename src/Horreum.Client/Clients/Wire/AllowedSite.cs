namespace Horreum.Client.Clients.Wire;

/// <summary>A URL prefix that HTTP actions may call.</summary>
public sealed record AllowedSite
{
    /// <summary>Its id.</summary>
    public long? Id { get; init; }

    /// <summary>Start of the URL.</summary>
    public string? Prefix { get; init; }
}
