using System.Data.Common;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>What a model said of definitions: table <c>tool_enrichments</c>.</summary>
internal sealed class EnrichmentRepository(DbTransaction transaction)
{
    // Each text is one line.
    private const char Separator = '\n';

    /// <summary>What one model said in answer to one prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="promptVersion">The prompt.</param>
    /// <param name="since">Only what was written at that time or later.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<StoredEnrichment>> ListAsync(string model, int promptVersion, DateTimeOffset since, CancellationToken cancellationToken = default) => await transaction.Command(
        """
        SELECT definition_hash, state, purpose, requests, reason, at, calls, tokens FROM tool_enrichments
        WHERE model = @model AND prompt_version = @prompt AND at >= @since ORDER BY at, definition_hash
        """,
        ("@model", model),
        ("@prompt", promptVersion),
        ("@since", since.ToUnixTimeMilliseconds())).ReadAllAsync(
            row => new StoredEnrichment
            {
                DefinitionHash = row.Text(0),
                Model = model,
                PromptVersion = promptVersion,
                State = (EnrichmentState)row.GetInt32(1),
                Purpose = row.Text(2),
                Requests = row.Text(3).Split(Separator, StringSplitOptions.RemoveEmptyEntries),
                Reason = row.TextOrNull(4),
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                Calls = row.GetInt32(6),
                Tokens = row.GetInt64(7),
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Calls and tokens that were spent on whatever model since a time. What was asked before and again since counts in full.</summary>
    public async Task<(long Calls, long Tokens)> SpentAsync(DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        List<(long Calls, long Tokens)> rows = await transaction.Command("SELECT calls, tokens FROM tool_enrichments WHERE at >= @since", ("@since", since.ToUnixTimeMilliseconds()))
            .ReadAllAsync(row => ((long)row.GetInt32(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        return (rows.Sum(row => row.Calls), rows.Sum(row => row.Tokens));
    }

    /// <summary>Writes what became of a call, over what became of an earlier one.</summary>
    public Task UpsertAsync(IReadOnlyCollection<StoredEnrichment> enrichments, CancellationToken cancellationToken = default) => transaction.RunManyAsync(
        """
        INSERT INTO tool_enrichments (definition_hash, model, prompt_version, state, purpose, requests, reason, at, calls, tokens)
        VALUES (@hash, @model, @prompt, @state, @purpose, @requests, @reason, @at, @calls, @tokens)
        ON CONFLICT (definition_hash, model, prompt_version) DO UPDATE SET state = excluded.state, purpose = excluded.purpose, requests = excluded.requests,
            reason = excluded.reason, at = excluded.at, calls = excluded.calls, tokens = excluded.tokens
        """,
        ["@hash", "@model", "@prompt", "@state", "@purpose", "@requests", "@reason", "@at", "@calls", "@tokens"],
        enrichments.Select(enrichment => new object?[]
        {
            enrichment.DefinitionHash, enrichment.Model, enrichment.PromptVersion, (int)enrichment.State, enrichment.Purpose, string.Join(Separator, enrichment.Requests),
            enrichment.Reason, enrichment.At.ToUnixTimeMilliseconds(), enrichment.Calls, enrichment.Tokens,
        }),
        cancellationToken);

    /// <summary>Deletes the oldest beyond a number, whatever the model.</summary>
    /// <returns>How many.</returns>
    public Task<int> TrimAsync(int most, CancellationToken cancellationToken = default) => transaction.Command(
        """
        DELETE FROM tool_enrichments WHERE (definition_hash, model, prompt_version) IN
            (SELECT definition_hash, model, prompt_version FROM tool_enrichments ORDER BY at DESC, definition_hash LIMIT 1000000 OFFSET @most)
        """,
        ("@most", most)).RunAsync(cancellationToken);
}
