using System.Data.Common;
using System.Text;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What both tool tables have in common.</summary>
internal abstract class ToolRepository(DbTransaction transaction, TimeProvider clock) : IToolRepository
{
    private const string Columns = "id, mcpserver_id, name, details, details_embedding, embedding_model, content_hash";

    /// <summary>The table, and the expression of the token count in it.</summary>
    protected abstract (string Table, string TokenCount) Shape { get; }

    /// <summary>The statement that inserts or replaces one tool.</summary>
    protected abstract string UpsertStatement { get; }

    public async Task<IReadOnlyDictionary<string, int>> CountByServerAsync(CancellationToken cancellationToken = default) =>
        (await transaction.Command($"SELECT mcpserver_id, COUNT(*) FROM {Shape.Table} GROUP BY mcpserver_id")
            .ReadAllAsync(row => (Id: row.GetString(0), Count: row.GetInt32(1)), cancellationToken).ConfigureAwait(false))
        .ToDictionary(server => server.Id, server => server.Count, StringComparer.Ordinal);

    public async Task<IReadOnlyList<StoredTool>> ListByServerAsync(string serverId, CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT {Columns}, {Shape.TokenCount} FROM {Shape.Table} WHERE mcpserver_id = @server ORDER BY created_at, id", ("@server", serverId))
            .ReadAllAsync(Map, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<string>> ListServersOfOtherModelsAsync(string model, CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT DISTINCT mcpserver_id FROM {Shape.Table} WHERE embedding_model IS NULL OR embedding_model <> @model ORDER BY mcpserver_id", ("@model", model))
            .ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);

    public async Task UpsertAsync(IReadOnlyCollection<StoredTool> tools, CancellationToken cancellationToken = default)
    {
        if (tools.Count == 0)
        {
            return;
        }

        DbCommand command = transaction.Command(
            UpsertStatement,
            ("@id", ""), ("@server", ""), ("@name", ""), ("@details", ""), ("@embedding", null), ("@model", null), ("@hash", null), ("@tokens", 0), ("@now", clock.GetUtcNow().UtcDateTime));
        await using (command.ConfigureAwait(false))
        {
            foreach (StoredTool tool in tools)
            {
                command.Parameters["@id"].Value = tool.Id;
                command.Parameters["@server"].Value = tool.ServerId;
                command.Parameters["@name"].Value = tool.Name;
                command.Parameters["@details"].Value = Encoding.UTF8.GetString(tool.Details.Span);
                command.Parameters["@embedding"].Value = tool.Embedding.ToBlob() ?? DBNull.Value;
                command.Parameters["@model"].Value = (object?)tool.EmbeddingModel ?? DBNull.Value;
                command.Parameters["@hash"].Value = (object?)tool.ContentHash ?? DBNull.Value;
                command.Parameters["@tokens"].Value = tool.TokenCount;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        foreach (string id in ids)
        {
            await transaction.Command($"DELETE FROM {Shape.Table} WHERE id = @id", ("@id", id)).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static StoredTool Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        ServerId = row.GetString(1),
        Name = row.TextOrNull(2) ?? "",
        Details = Encoding.UTF8.GetBytes(row.GetString(3)),
        Embedding = row.Vector(4),
        EmbeddingModel = row.TextOrNull(5),
        ContentHash = row.TextOrNull(6),
        TokenCount = row.GetInt32(7),
    };
}
