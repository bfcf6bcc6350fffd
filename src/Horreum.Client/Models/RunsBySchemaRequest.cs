namespace Horreum.Client.Models;

/// <summary>Which runs that use a schema to list.</summary>
public sealed record RunsBySchemaRequest : TimedPageRequest
{
    /// <summary>URI of the schema.</summary>
    public required string SchemaUri { get; init; }
}
