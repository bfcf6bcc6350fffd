using System.Data.Common;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Table <c>tools_workload</c>.</summary>
internal sealed class WorkloadToolRepository(DbTransaction transaction, TimeProvider clock) : ToolRepository(transaction, clock)
{
    protected override (string Table, string TokenCount) Shape => ("tools_workload", "token_count");

    protected override string UpsertStatement =>
        """
        INSERT INTO tools_workload (id, mcpserver_id, name, details, details_embedding, embedding_model, content_hash, token_count, last_updated, created_at)
        VALUES (@id, @server, @name, @details, @embedding, @model, @hash, @tokens, @now, @now)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, details = excluded.details, details_embedding = excluded.details_embedding,
            embedding_model = excluded.embedding_model, content_hash = excluded.content_hash, token_count = excluded.token_count, last_updated = excluded.last_updated
        """;
}
