using Npgsql;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>Opens connections, and runs what needs no transaction.</summary>
internal sealed class PostgreSqlConnections(PostgreSqlAddress address) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = Build(address);

    /// <summary>Stands for this process in rows that it writes.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Where the database is, for people.</summary>
    public string Shown => address.Shown;

    /// <exception cref="OptimizerStoreException">The database cannot be reached or does not let us in.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgreSqlFaults.IsFault(e, cancellationToken))
        {
            throw PostgreSqlFaults.Explain(e, Shown);
        }
    }

    /// <summary>Runs one statement and reads its rows.</summary>
    /// <exception cref="OptimizerStoreException">It failed.</exception>
    public async Task<List<T>> QueryAsync<T>(string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                NpgsqlCommand command = connection.CreateCommand();
                await using (command.ConfigureAwait(false))
                {
#pragma warning disable CA2100 // Constants of this package; values travel as parameters.
                    command.CommandText = sql;
#pragma warning restore CA2100
                    foreach ((string name, object value) in parameters)
                    {
                        command.Parameters.AddWithValue(name, value);
                    }

                    List<T> rows = [];
                    NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                        {
                            rows.Add(map(reader));
                        }
                    }

                    return rows;
                }
            }
        }
        catch (Exception e) when (PostgreSqlFaults.IsFault(e, cancellationToken))
        {
            throw PostgreSqlFaults.Explain(e, Shown);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlDataSource Build(PostgreSqlAddress address)
    {
        NpgsqlConnectionStringBuilder text = new(address.Text);
        if (!text.Host!.Contains(',', StringComparison.Ordinal))
        {
            return Builder(text).Build();
        }

        // Of several hosts the one that takes writes, whichever that is at the moment.
        TargetSessionAttributes wanted = Enum.TryParse(text.TargetSessionAttributes?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out TargetSessionAttributes parsed)
            ? parsed
            : TargetSessionAttributes.ReadWrite;
        text.TargetSessionAttributes = null;
        return Builder(text).BuildMultiHost().WithTargetSession(wanted);
    }

    // The slim one: no reflection over plug-ins, so that a trimmed host stays small.
    private static NpgsqlSlimDataSourceBuilder Builder(NpgsqlConnectionStringBuilder text)
    {
        NpgsqlSlimDataSourceBuilder builder = new(text.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableArrays();
        return builder;
    }
}
