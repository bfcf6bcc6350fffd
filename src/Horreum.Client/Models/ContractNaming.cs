namespace Horreum.Client.Models;

/// <summary>How the members of answers are spelled. Input is accepted in both spellings, always.</summary>
public enum ContractNaming
{
    /// <summary><c>nextPageToken</c>, as in the design document of the Source MCP Contract.</summary>
    CamelCase = 0,

    /// <summary><c>next_page_token</c>, as later consumers expect.</summary>
    SnakeCase = 1,
}
