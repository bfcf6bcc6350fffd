namespace Coder.Client.Clients.Wire;

/// <summary>The value of one template parameter.</summary>
public sealed record RichParameterValue
{
    /// <summary>Name of the parameter.</summary>
    public string? Name { get; init; }

    /// <summary>Value as text.</summary>
    public string? Value { get; init; }
}
