using System.Data.Common;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Running and stopped instances: table <c>mcpservers_workload</c>.</summary>
internal sealed class WorkloadServerRepository(DbTransaction transaction, TimeProvider clock)
{
    private const string Columns =
        "id, name, url, workload_identifier, remote, transport, status, status_reason, registry_server_id, registry_server_name, description, " +
        "server_embedding, embedding_model, \"group\", virtual_mcp, source, tools_hash, listing_mark";

    public async Task<IReadOnlyList<WorkloadServer>> ListAsync(CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT {Columns} FROM mcpservers_workload ORDER BY name")
            .ReadAllAsync(Map, cancellationToken).ConfigureAwait(false);

    public async Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        (await transaction.Command("SELECT COUNT(*) FROM mcpservers_workload").ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];

    public Task UpsertAsync(WorkloadServer server, CancellationToken cancellationToken = default) =>
        transaction.Command(
            """
            INSERT INTO mcpservers_workload (id, name, url, workload_identifier, remote, transport, status, status_reason, registry_server_id, registry_server_name,
                description, server_embedding, embedding_model, "group", virtual_mcp, source, tools_hash, listing_mark, last_updated, created_at)
            VALUES (@id, @name, @url, @identifier, @remote, @transport, @status, @reason, @registryId, @registryName,
                @description, @embedding, @model, @group, @virtual, @source, @hash, @mark, @now, @now)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, workload_identifier = excluded.workload_identifier, remote = excluded.remote,
                transport = excluded.transport, status = excluded.status, status_reason = excluded.status_reason, registry_server_id = excluded.registry_server_id,
                registry_server_name = excluded.registry_server_name, description = excluded.description, server_embedding = excluded.server_embedding,
                embedding_model = excluded.embedding_model, "group" = excluded."group", virtual_mcp = excluded.virtual_mcp, source = excluded.source,
                tools_hash = excluded.tools_hash, listing_mark = excluded.listing_mark, last_updated = excluded.last_updated
            """,
            ("@id", server.Id),
            ("@name", server.Name),
            ("@url", server.Url),
            ("@identifier", server.WorkloadIdentifier),
            ("@remote", server.Remote ? 1 : 0),
            ("@transport", StoreWords.Write(server.Transport)),
            ("@status", StoreWords.Write(server.Status)),
            ("@reason", server.StatusReason),
            ("@registryId", server.RegistryServerId),
            ("@registryName", server.RegistryServerName),
            ("@description", server.Description),
            ("@embedding", server.Embedding.ToBlob()),
            ("@model", server.EmbeddingModel),
            ("@group", server.Group),
            ("@virtual", server.VirtualMcp ? 1 : 0),
            ("@source", server.Source),
            ("@hash", server.ToolsHash),
            ("@mark", server.ListingMark),
            ("@now", clock.GetUtcNow().UtcDateTime)).RunAsync(cancellationToken);

    /// <summary>Deletes the row and, by cascade, its tools.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        transaction.Command("DELETE FROM mcpservers_workload WHERE id = @id", ("@id", id)).RunAsync(cancellationToken);

    private static WorkloadServer Map(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Name = row.Text(1),
        Url = row.Text(2),
        WorkloadIdentifier = row.Text(3),
        Remote = row.Flag(4),
        Transport = StoreWords.ReadTransport(row.Text(5)),
        Status = StoreWords.ReadStatus(row.Text(6)),
        StatusReason = row.TextOrNull(7),
        RegistryServerId = row.TextOrNull(8),
        RegistryServerName = row.TextOrNull(9),
        Description = row.TextOrNull(10),
        Embedding = row.Vector(11),
        EmbeddingModel = row.TextOrNull(12),
        Group = row.Text(13),
        VirtualMcp = row.Flag(14),
        Source = row.TextOrNull(15),
        ToolsHash = row.TextOrNull(16),
        ListingMark = row.TextOrNull(17),
    };
}
