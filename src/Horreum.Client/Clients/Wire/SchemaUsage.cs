namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a schema in a run or dataset.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record SchemaUsage
{
    /// <summary>Its id.</summary>
    public int Id { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>URI that identifies it.</summary>
    public string? Uri { get; set; }

    /// <summary>0 data, 1 metadata, 2 dataset.</summary>
    public int Source { get; set; }

    /// <summary>How it is used: 0 for the whole document, 1 for a member, 2 for an array element.</summary>
    public int Type { get; set; }

    /// <summary>Key or index of the part that uses the schema.</summary>
    public string? Key { get; set; }

    /// <summary>Whether a JSON schema is stored to check against.</summary>
    public bool HasJsonSchema { get; set; }
}
