namespace Coder.Client.Clients.Wire;

/// <summary>One legal value of a parameter.</summary>
public sealed record RichParameterOption
{
    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The value.</summary>
    public string? Value { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }
}
