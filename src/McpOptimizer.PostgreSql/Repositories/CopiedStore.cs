using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.PostgreSql.Repositories;

/// <summary>One side of a copy.</summary>
/// <param name="Database">The database.</param>
/// <param name="Folder">Where its OAuth tokens are, if not in the database.</param>
/// <param name="Owned">What ends with it.</param>
internal sealed record CopiedStore(IDatabase Database, string? Folder, IReadOnlyList<IAsyncDisposable> Owned) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync().ConfigureAwait(false);
        foreach (IAsyncDisposable owned in Owned)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }
}
