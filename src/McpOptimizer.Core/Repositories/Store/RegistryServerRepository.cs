using System.Data.Common;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Catalogue entries: table <c>mcpservers_registry</c>.</summary>
internal sealed class RegistryServerRepository(DbTransaction transaction, TimeProvider clock)
{
    private const string Columns = "id, name, url, package, remote, transport, description, server_embedding, embedding_model, \"group\", content_hash";

    public async Task<IReadOnlyList<RegistryServer>> ListAsync(CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT {Columns} FROM mcpservers_registry ORDER BY name, id")
            .ReadAllAsync(Map, cancellationToken).ConfigureAwait(false);

    public Task UpsertAsync(RegistryServer server, CancellationToken cancellationToken = default) =>
        transaction.Command(
            """
            INSERT INTO mcpservers_registry (id, name, url, package, remote, transport, description, server_embedding, embedding_model, "group", content_hash, last_updated, created_at)
            VALUES (@id, @name, @url, @package, @remote, @transport, @description, @embedding, @model, @group, @hash, @now, @now)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, package = excluded.package, remote = excluded.remote,
                transport = excluded.transport, description = excluded.description, server_embedding = excluded.server_embedding,
                embedding_model = excluded.embedding_model, "group" = excluded."group", content_hash = excluded.content_hash, last_updated = excluded.last_updated
            """,
            ("@id", server.Id),
            ("@name", server.Name),
            ("@url", server.Url),
            ("@package", server.Package),
            ("@remote", server.Remote ? 1 : 0),
            ("@transport", server.Transport),
            ("@description", server.Description),
            ("@embedding", server.Embedding.ToBlob()),
            ("@model", server.EmbeddingModel),
            ("@group", server.Group),
            ("@hash", server.ContentHash),
            ("@now", clock.GetUtcNow().UtcDateTime)).RunAsync(cancellationToken);

    /// <summary>Deletes the entry and, by cascade, its tools; links of workloads become null.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        transaction.Command("DELETE FROM mcpservers_registry WHERE id = @id", ("@id", id)).RunAsync(cancellationToken);

    private static RegistryServer Map(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Name = row.Text(1),
        Url = row.TextOrNull(2),
        Package = row.TextOrNull(3),
        Remote = row.Flag(4),
        Transport = row.Text(5),
        Description = row.TextOrNull(6),
        Embedding = row.Vector(7),
        EmbeddingModel = row.TextOrNull(8),
        Group = row.Text(9),
        ContentHash = row.TextOrNull(10),
    };
}
