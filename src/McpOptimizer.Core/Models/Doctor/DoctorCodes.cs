namespace McpOptimizer.Core.Models.Doctor;

/// <summary>The codes of <see cref="DoctorFinding"/>.</summary>
public static class DoctorCodes
{
    /// <summary>Its own purpose does not bring it among the first five.</summary>
    public const string NotFindable = "not-findable";

    /// <summary>Its own purpose brings another tool first.</summary>
    public const string Confused = "confused";

    /// <summary>Several servers list the same tool with the same description.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Different tools have the same description.</summary>
    public const string SameDescription = "same-description";

    /// <summary>Its definition costs more than 1,000 tokens.</summary>
    public const string Oversized = "oversized";

    /// <summary>Its name is longer than 64 characters, the most that model APIs take.</summary>
    public const string LongName = "long-name";

    /// <summary>Its name is too long once a client puts the server's name in front (<c>mcp__server__tool</c>).</summary>
    public const string LongPrefixedName = "long-prefixed-name";

    /// <summary>Its name has characters other than letters, digits, underscore and hyphen, which model APIs refuse.</summary>
    public const string NameCharacters = "name-characters";

    /// <summary>It has no description.</summary>
    public const string NoDescription = "no-description";

    /// <summary>Its description has fewer than four words.</summary>
    public const string ShortDescription = "short-description";

    /// <summary>Parameters have no description.</summary>
    public const string UndocumentedParameters = "undocumented-parameters";

    /// <summary>Its input or output schema is not a schema that clients can use.</summary>
    public const string InvalidSchema = "invalid-schema";

    /// <summary>The database is damaged.</summary>
    public const string StoreDamaged = "store-damaged";
}
