using System.Data.Common;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Requests and what became of their hits: tables <c>learned_requests</c> and <c>learned_outcomes</c>.</summary>
internal sealed class LearningRepository(DbTransaction transaction)
{
    /// <summary>All requests, oldest first.</summary>
    public async Task<IReadOnlyList<LearnedRequest>> ListAsync(CancellationToken cancellationToken = default)
    {
        ILookup<string, LearnedOutcome> outcomes = (await transaction.Command(
            "SELECT request_id, server_name, tool_name, definition_hash, kind FROM learned_outcomes ORDER BY request_id, place")
            .ReadAllAsync(
                row => (Request: row.Text(0), Outcome: new LearnedOutcome(row.Text(1), row.Text(2), row.Text(3), (LearnedKind)row.GetInt32(4))),
                cancellationToken).ConfigureAwait(false)).ToLookup(row => row.Request, row => row.Outcome, StringComparer.Ordinal);
        return await transaction.Command("SELECT id, at, profile, caller, model, vector, request_text FROM learned_requests ORDER BY at, id").ReadAllAsync(
            row => new LearnedRequest
            {
                Id = row.Text(0),
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                Profile = row.Text(2),
                Caller = row.Text(3),
                Model = row.Text(4),
                Vector = row.Vector(5),
                Text = row.TextOrNull(6),
                Outcomes = [.. outcomes[row.Text(0)]],
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ids of all requests.</summary>
    public async Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken = default) =>
        await transaction.Command("SELECT id FROM learned_requests").ReadAllAsync(row => row.Text(0), cancellationToken).ConfigureAwait(false);

    public async Task AddAsync(IReadOnlyCollection<LearnedRequest> requests, CancellationToken cancellationToken = default)
    {
        foreach (LearnedRequest request in requests)
        {
            await transaction.Command(
                """
                INSERT INTO learned_requests (id, at, profile, caller, model, vector, request_text) VALUES (@id, @at, @profile, @caller, @model, @vector, @text)
                ON CONFLICT (id) DO NOTHING
                """,
                ("@id", request.Id),
                ("@at", request.At.ToUnixTimeMilliseconds()),
                ("@profile", request.Profile),
                ("@caller", request.Caller),
                ("@model", request.Model),
                ("@vector", request.Vector.ToBlob()),
                ("@text", request.Text)).RunAsync(cancellationToken).ConfigureAwait(false);
            foreach ((int place, LearnedOutcome outcome) in request.Outcomes.Index())
            {
                await transaction.Command(
                    """
                    INSERT INTO learned_outcomes (request_id, place, server_name, tool_name, definition_hash, kind) VALUES (@id, @place, @server, @tool, @hash, @kind)
                    ON CONFLICT (request_id, place) DO NOTHING
                    """,
                    ("@id", request.Id),
                    ("@place", place),
                    ("@server", outcome.ServerName),
                    ("@tool", outcome.ToolName),
                    ("@hash", outcome.DefinitionHash),
                    ("@kind", (int)outcome.Kind)).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>How many there were.</returns>
    public async Task<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        int deleted = 0;
        foreach (string id in ids)
        {
            await transaction.Command("DELETE FROM learned_outcomes WHERE request_id = @id", ("@id", id)).RunAsync(cancellationToken).ConfigureAwait(false);
            deleted += await transaction.Command("DELETE FROM learned_requests WHERE id = @id", ("@id", id)).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }
}
