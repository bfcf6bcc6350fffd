namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a schema in a run or dataset.</summary>
public sealed record SchemaUsage
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>URI that identifies it.</summary>
    public string? Uri { get; init; }

    /// <summary>0 data, 1 metadata, 2 dataset.</summary>
    public int Source { get; init; }

    /// <summary>How it is used: 0 for the whole document, 1 for a member, 2 for an array element.</summary>
    public int Type { get; init; }

    /// <summary>Key or index of the part that uses the schema.</summary>
    public string? Key { get; init; }

    /// <summary>Whether a JSON schema is stored to check against.</summary>
    public bool HasJsonSchema { get; init; }
}
