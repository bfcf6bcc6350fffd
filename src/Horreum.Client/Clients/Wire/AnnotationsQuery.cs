namespace Horreum.Client.Clients.Wire;

/// <summary>A dashboard's request for annotations.</summary>
public sealed record AnnotationsQuery
{
    /// <summary>Time range.</summary>
    public ChangesRange? Range { get; init; }

    /// <summary>Which annotations are asked for.</summary>
    public AnnotationQuery? Annotation { get; init; }
}
