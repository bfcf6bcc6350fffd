namespace McpOptimizer.Core.Clients.Database;

/// <summary>How a connection opens the file.</summary>
internal enum SqliteAccess
{
    ReadWrite = 0,

    ReadOnly,

    /// <summary>As a file that nobody writes: on file systems where not even the files beside it can be made.</summary>
    Immutable,
}
