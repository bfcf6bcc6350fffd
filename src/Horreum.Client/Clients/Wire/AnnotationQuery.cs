namespace Horreum.Client.Clients.Wire;

/// <summary>Which annotations a dashboard asks for.</summary>
public sealed record AnnotationQuery
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Data source that is asked.</summary>
    public string? Datasource { get; init; }

    /// <summary>Colour of the icon.</summary>
    public string? IconColor { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public bool? Enable { get; init; }

    /// <summary>What is asked for.</summary>
    public string? Query { get; init; }
}
