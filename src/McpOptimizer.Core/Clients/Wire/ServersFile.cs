namespace McpOptimizer.Core.Clients.Wire;

/// <summary>What the file of an MCP client says of its servers, whichever client it is.</summary>
internal sealed class ServersFile
{
    /// <summary>The entries in the order of the file, each name once.</summary>
    public required IReadOnlyList<ServersFileEntry> Entries { get; init; }

    /// <summary>What an owner of the file should know and no entry is to blame for: double names, two objects of servers.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
