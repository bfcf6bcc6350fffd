namespace Horreum.Client.Clients.Wire;

/// <summary>One column of a view.</summary>
public sealed record ViewComponent
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Position of the column, from 0.</summary>
    public int HeaderOrder { get; init; }

    /// <summary>Heading of the column.</summary>
    public string? HeaderName { get; init; }

    /// <summary>Names of labels.</summary>
    public IReadOnlyList<string> Labels { get => field ?? []; init; }

    /// <summary>JavaScript function that renders the cell.</summary>
    public string? Render { get; init; }
}
