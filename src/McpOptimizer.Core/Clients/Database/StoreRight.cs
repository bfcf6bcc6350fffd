namespace McpOptimizer.Core.Clients.Database;

/// <summary>Who may write something into a store that several processes share.</summary>
internal enum StoreRight
{
    /// <summary>Only the process that takes servers in: what it writes rests on what it saw, and two would undo each other's work.</summary>
    Leader = 0,

    /// <summary>Every process: what it writes rests on what the transaction itself reads.</summary>
    Anyone,
}
