namespace Horreum.Client.Clients.Wire;

/// <summary>A table of datasets with chosen columns.</summary>
public sealed record DatasetView
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Components, in order.</summary>
    public IReadOnlyList<ViewComponent> Components { get => field ?? []; init; }
}
