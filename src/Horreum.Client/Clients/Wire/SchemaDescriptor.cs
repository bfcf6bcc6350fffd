namespace Horreum.Client.Clients.Wire;

/// <summary>Names a schema.</summary>
public sealed record SchemaDescriptor
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>URI that identifies it.</summary>
    public string? Uri { get; init; }
}
