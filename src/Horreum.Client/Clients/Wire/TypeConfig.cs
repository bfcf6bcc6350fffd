namespace Horreum.Client.Clients.Wire;

/// <summary>A kind of datastore.</summary>
public sealed record TypeConfig
{
    /// <summary>Word that names the kind in requests.</summary>
    public string? EnumName { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Text for people.</summary>
    public string? Label { get; init; }

    /// <summary>Kinds of sign-in that it takes.</summary>
    public IReadOnlyList<string> SupportedAuths { get => field ?? []; init; }

    /// <summary>Whether the server brings it along.</summary>
    public bool? BuiltIn { get; init; }
}
