namespace Horreum.Client.Clients.Wire;

/// <summary>A detected change in the form of a dashboard annotation.</summary>
public sealed record AnnotationDefinition
{
    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Text for people.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it spans time.</summary>
    public bool? IsRegion { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? TimeEnd { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Id of the change.</summary>
    public int? ChangeId { get; init; }

    /// <summary>Id of the variable.</summary>
    public int? VariableId { get; init; }

    /// <summary>Id of the run.</summary>
    public int? RunId { get; init; }

    /// <summary>Position of the dataset in its run, from 0.</summary>
    public int? DatasetOrdinal { get; init; }
}
