namespace McpOptimizer.Core.Clients.Database;

/// <summary>What tells one database from another, and a state of it from an older one.</summary>
/// <param name="Id">Given once, when the database was made.</param>
/// <param name="Generation">How many transactions were written.</param>
internal sealed record SqliteMark(string Id, long Generation)
{
    /// <summary>Whether a database read now can be the one of this mark: the same, and not an older state of it.</summary>
    public bool IsContinuedBy(SqliteMark? other) => other is not null && other.Id == Id && other.Generation >= Generation;
}
