using System.Data.Common;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Table <c>tools_registry</c>: the registry gives names only, so no token counts are kept.</summary>
internal sealed class RegistryToolRepository(DbTransaction transaction, TimeProvider clock) : ToolRepository(transaction, clock)
{
    protected override (string Table, string TokenCount) Shape => ("tools_registry", "0");

    protected override string UpsertStatement =>
        """
        INSERT INTO tools_registry (id, mcpserver_id, name, details, details_embedding, embedding_model, content_hash, last_updated, created_at)
        VALUES (@id, @server, @name, @details, @embedding, @model, @hash, @now, @now)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, details = excluded.details, details_embedding = excluded.details_embedding,
            embedding_model = excluded.embedding_model, content_hash = excluded.content_hash, last_updated = excluded.last_updated
        """;
}
