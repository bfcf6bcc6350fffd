using System.Data.Common;
using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.PostgreSql.Repositories;

/// <summary>Copies and compares, all inside one transaction of the target and one snapshot of the source.</summary>
internal static class StoreCopier
{
    private const int Portion = 5_000;

    public static async Task<IReadOnlyList<StoreCopyCount>> RunAsync(CopiedStore source, CopiedStore target, CancellationToken cancellationToken)
    {
        await source.Database.InitializeAsync(cancellationToken).ConfigureAwait(false);
        if (await target.Database.InitializeAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            throw new OptimizerStoreException(fault);
        }

        return await source.Database.ReadAsync(
            async (from, token) =>
            {
                List<StoreCopyCount> counts = [];
                await target.Database.WriteAsync(
                    async (to, inner) =>
                    {
                        await RefuseFilledAsync(to, target, inner).ConfigureAwait(false);
                        foreach (CopiedTable table in CopiedTable.All)
                        {
                            await CopyAsync(table, from, to, inner).ConfigureAwait(false);
                        }

                        IReadOnlyList<CopiedTokens> tokens = await CopiedTokens.ReadAsync(from, source.Folder, inner).ConfigureAwait(false);
                        await CopiedTokens.WriteAsync(tokens, to, target.Folder, inner).ConfigureAwait(false);
                        foreach (CopiedTable table in CopiedTable.All)
                        {
                            counts.Add(new StoreCopyCount(table.Name, await CompareAsync(table, from, to, inner).ConfigureAwait(false)));
                        }

                        if (!(await CopiedTokens.ReadAsync(to, target.Folder, inner).ConfigureAwait(false)).SequenceEqual(tokens))
                        {
                            throw new OptimizerStoreException("The OAuth tokens were not read back as they were. Nothing was kept in the target's tables.");
                        }

                        counts.Add(new StoreCopyCount("oauth_tokens", tokens.Count));
                    },
                    StoreRight.Anyone,
                    token).ConfigureAwait(false);
                return counts;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task RefuseFilledAsync(DbTransaction to, CopiedStore target, CancellationToken cancellationToken)
    {
        foreach (CopiedTable table in CopiedTable.All)
        {
            if ((await table.ReadAsync(to, 0, 1, cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                throw new OptimizerStoreException($"The target is not empty: its table {table.Name} has rows. Nothing was changed; give an empty one.");
            }
        }

        if ((await CopiedTokens.ReadAsync(to, target.Folder, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            throw new OptimizerStoreException("The target is not empty: it has OAuth tokens. Nothing was changed; give an empty one.");
        }
    }

    private static async Task CopyAsync(CopiedTable table, DbTransaction from, DbTransaction to, CancellationToken cancellationToken)
    {
        for (long offset = 0; ; offset += Portion)
        {
            List<object?[]> rows = await table.ReadAsync(from, offset, Portion, cancellationToken).ConfigureAwait(false);
            await table.WriteAsync(to, rows, cancellationToken).ConfigureAwait(false);
            if (rows.Count < Portion)
            {
                return;
            }
        }
    }

    private static async Task<long> CompareAsync(CopiedTable table, DbTransaction from, DbTransaction to, CancellationToken cancellationToken)
    {
        for (long offset = 0; ; offset += Portion)
        {
            List<object?[]> rows = await table.ReadAsync(from, offset, Portion, cancellationToken).ConfigureAwait(false);
            List<object?[]> copies = await table.ReadAsync(to, offset, Portion, cancellationToken).ConfigureAwait(false);
            if (rows.Count != copies.Count)
            {
                throw new OptimizerStoreException($"{rows.Count} rows of {table.Name} were copied and {copies.Count} read back. Nothing was kept.");
            }

            for (int at = 0; at < rows.Count; at++)
            {
                if (table.Difference(rows[at], copies[at]) is { } column)
                {
                    throw new OptimizerStoreException($"Row {offset + at + 1} of {table.Name} was not read back as it was: its column {column} differs. Nothing was kept.");
                }
            }

            if (rows.Count < Portion)
            {
                return offset + rows.Count;
            }
        }
    }
}
