using System.Data.Common;
using System.Text;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Tools of one of the two kinds of server: what both tables have in common.</summary>
internal abstract class ToolRepository(DbTransaction transaction, TimeProvider clock)
{
    private const string Columns = "id, mcpserver_id, name, details, details_embedding, embedding_model, content_hash";

    /// <summary>The table, and the expression of the token count in it.</summary>
    protected abstract (string Table, string TokenCount) Shape { get; }

    /// <summary>The statement that inserts or replaces one tool.</summary>
    protected abstract string UpsertStatement { get; }

    /// <summary>How many tools each server has; servers without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountByServerAsync(CancellationToken cancellationToken = default) =>
        (await transaction.Command($"SELECT mcpserver_id, CAST(COUNT(*) AS INTEGER) FROM {Shape.Table} GROUP BY mcpserver_id")
            .ReadAllAsync(row => (Id: row.Text(0), Count: row.GetInt32(1)), cancellationToken).ConfigureAwait(false))
        .ToDictionary(server => server.Id, server => server.Count, StringComparer.Ordinal);

    /// <summary>One server's tools, in listing order.</summary>
    public async Task<IReadOnlyList<StoredTool>> ListByServerAsync(string serverId, CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT {Columns}, {Shape.TokenCount} FROM {Shape.Table} WHERE mcpserver_id = @server ORDER BY created_at, id", ("@server", serverId))
            .ReadAllAsync(new ToolRows().Read, cancellationToken).ConfigureAwait(false);

    /// <summary>The tools of many servers, by server and in listing order: few questions, however many there are.</summary>
    public async Task<ILookup<string, StoredTool>> ListByServersAsync(IReadOnlyCollection<string> serverIds, CancellationToken cancellationToken = default) =>
        (await transaction.ReadOfManyAsync(
            $"SELECT {Columns}, {Shape.TokenCount} FROM {Shape.Table} WHERE mcpserver_id IN (", ") ORDER BY mcpserver_id, created_at, id", serverIds, new ToolRows().Read, cancellationToken).ConfigureAwait(false))
        .ToLookup(tool => tool.ServerId, StringComparer.Ordinal);

    /// <summary>Ids of servers with at least one tool that the model did not embed.</summary>
    public async Task<IReadOnlyList<string>> ListServersOfOtherModelsAsync(string model, CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT DISTINCT mcpserver_id FROM {Shape.Table} WHERE embedding_model IS NULL OR embedding_model <> @model ORDER BY mcpserver_id", ("@model", model))
            .ReadAllAsync(row => row.Text(0), cancellationToken).ConfigureAwait(false);

    public Task UpsertAsync(IReadOnlyCollection<StoredTool> tools, CancellationToken cancellationToken = default)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return transaction.RunManyAsync(
            UpsertStatement,
            ["@id", "@server", "@name", "@details", "@embedding", "@model", "@hash", "@tokens", "@now"],
            tools.Select(tool => new[]
            {
                tool.Id, tool.ServerId, tool.Name, Encoding.UTF8.GetString(tool.Details.Span), tool.Embedding.ToBlob(), tool.EmbeddingModel, tool.ContentHash, tool.TokenCount, (object?)now,
            }),
            cancellationToken);
    }

    public Task DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
        transaction.RunManyAsync($"DELETE FROM {Shape.Table} WHERE id = @id", ["@id"], ids.Select(id => new object?[] { id }), cancellationToken);
}
