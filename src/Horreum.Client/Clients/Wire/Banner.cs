namespace Horreum.Client.Clients.Wire;

/// <summary>A message shown on every page of the web interface.</summary>
public sealed record Banner
{
    /// <summary>Its id.</summary>
    public int? Id { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Whether it is in effect.</summary>
    public bool Active { get; init; }

    /// <summary>Severity: danger, warning, info …</summary>
    public string? Severity { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }
}
