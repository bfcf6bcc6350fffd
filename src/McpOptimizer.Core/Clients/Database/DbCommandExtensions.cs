using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>Plain-ADO helpers that keep the repositories readable: named parameters in, typed columns out.</summary>
internal static class DbCommandExtensions
{
    // What is sent in one piece is held in memory in one piece.
    private const int RowsOfABatch = 1_000;
    private const int KeysOfAStatement = 500;

    /// <summary>A command of the transaction with its parameters set.</summary>
    public static DbCommand Command(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every caller passes a constant; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = ToValue(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs one statement for every row: in one round trip where the database takes batches, else with one command that is used again and again.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="names">Its parameters.</param>
    /// <param name="rows">The values of each row, in the order of the names.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunManyAsync(this DbTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        if (transaction.Connection!.CanCreateBatch)
        {
            foreach (object?[][] portion in rows.Chunk(RowsOfABatch))
            {
                await RunBatchAsync(transaction, sql, names, portion, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        DbCommand? command = null;
        try
        {
            foreach (object?[] row in rows)
            {
                command ??= transaction.Command(sql, [.. names.Select(name => (name, (object?)null))]);
                for (int i = 0; i < row.Length; i++)
                {
                    // By position: looking the names up costs more than the rest.
                    command.Parameters[i].Value = ToValue(row[i]);
                }

                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (command is not null)
            {
                await command.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs and disposes the command; answers how many rows it changed.</summary>
    public static async Task<int> RunAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads every row and disposes the command.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(this DbCommand command, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(map(reader));
                }
            }
        }

        return rows;
    }

    /// <summary>Reads the rows of many keys, some hundred keys a statement.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="before">The statement up to the list of keys.</param>
    /// <param name="after">The rest of it.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="map">Reads one row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<List<T>> ReadOfManyAsync<T>(
        this DbTransaction transaction, string before, string after, IReadOnlyCollection<string> keys, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        foreach (string[] portion in keys.Chunk(KeysOfAStatement))
        {
            (string Name, object? Value)[] parameters = [.. portion.Select((key, at) => (string.Create(CultureInfo.InvariantCulture, $"@k{at}"), (object?)key))];
            rows.AddRange(await transaction.Command(before + string.Join(", ", parameters.Select(parameter => parameter.Name)) + after, parameters).ReadAllAsync(map, cancellationToken).ConfigureAwait(false));
        }

        return rows;
    }

    public static string Text(this DbDataReader reader, int column) => StoreText.Read(reader.GetString(column));

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Text(column);

    /// <summary>A text column as UTF-8, without the detour over a string.</summary>
    public static byte[] Utf8(this DbDataReader reader, int column) => StoreText.ReadUtf8(reader.GetFieldValue<byte[]>(column));

    /// <summary>The bytes of a column as they are stored, without a copy where the driver lends them: they hold until the next row is read.</summary>
    public static ReadOnlySpan<byte> Bytes(this DbDataReader reader, int column) =>
        reader is SqliteDataReader { Handle: { } statement } ? raw.sqlite3_column_blob(statement, column) : reader.GetFieldValue<byte[]>(column);

    /// <summary>A text that is mostly that of the row before: made once for all these rows.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="last">The text of the row before, and its bytes.</param>
    public static string SharedText(this DbDataReader reader, int column, ref (byte[] Bytes, string Text) last)
    {
        ReadOnlySpan<byte> bytes = reader.Bytes(column);
        if (last.Text is null || !bytes.SequenceEqual(last.Bytes))
        {
            last = (bytes.ToArray(), reader.Text(column));
        }

        return last.Text;
    }

    public static bool Flag(this DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture) != 0;

    /// <summary>A vector column: little-endian float32, as every supported platform keeps them.</summary>
    public static ReadOnlyMemory<float> Vector(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : MemoryMarshal.Cast<byte, float>((byte[])reader.GetValue(column)).ToArray();

    /// <summary>What a vector column is set to; null for an empty vector.</summary>
    public static object? ToBlob(this ReadOnlyMemory<float> vector) => vector.IsEmpty ? null : MemoryMarshal.AsBytes(vector.Span).ToArray();

    private static object ToValue(object? value) => value switch
    {
        null => DBNull.Value,
        string text => StoreText.Write(text),
        _ => value,
    };

    private static async Task RunBatchAsync(DbTransaction transaction, string sql, IReadOnlyList<string> names, object?[][] rows, CancellationToken cancellationToken)
    {
        DbBatch batch = transaction.Connection!.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.Transaction = transaction;
            foreach (object?[] row in rows)
            {
                DbBatchCommand command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // Every caller passes a constant; values travel as parameters.
                command.CommandText = sql;
#pragma warning restore CA2100
                for (int i = 0; i < row.Length; i++)
                {
                    DbParameter parameter = command.CreateParameter();
                    parameter.ParameterName = names[i];
                    parameter.Value = ToValue(row[i]);
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
