using System.Data.Common;
using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.PostgreSql.Repositories;

/// <summary>A table with its columns, as both kinds of store have it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">By what it is sorted: both stores sort text by its bytes.</param>
/// <param name="Columns">Name and kind of each column: <c>t</c>ext, <c>n</c>umber, <c>b</c>ytes, <c>d</c>ate.</param>
internal sealed record CopiedTable(string Name, string Key, IReadOnlyList<(string Name, char Kind)> Columns)
{
    private const long TicksOfAMicrosecond = 10;

    /// <summary>In the order in which references allow to write them.</summary>
    public static IReadOnlyList<CopiedTable> All { get; } =
    [
        new("mcpservers_registry", "id",
        [
            ("id", 't'), ("name", 't'), ("url", 't'), ("package", 't'), ("remote", 'n'), ("transport", 't'), ("description", 't'), ("server_embedding", 'b'), ("\"group\"", 't'),
            ("last_updated", 'd'), ("created_at", 'd'), ("content_hash", 't'), ("embedding_model", 't'),
        ]),
        new("mcpservers_workload", "id",
        [
            ("id", 't'), ("name", 't'), ("url", 't'), ("workload_identifier", 't'), ("remote", 'n'), ("transport", 't'), ("status", 't'), ("registry_server_id", 't'),
            ("registry_server_name", 't'), ("description", 't'), ("server_embedding", 'b'), ("\"group\"", 't'), ("virtual_mcp", 'n'), ("last_updated", 'd'), ("created_at", 'd'),
            ("source", 't'), ("status_reason", 't'), ("tools_hash", 't'), ("embedding_model", 't'), ("listing_mark", 't'),
        ]),
        new("tools_registry", "id",
        [
            ("id", 't'), ("mcpserver_id", 't'), ("details", 't'), ("details_embedding", 'b'), ("last_updated", 'd'), ("created_at", 'd'), ("name", 't'), ("content_hash", 't'),
            ("embedding_model", 't'),
        ]),
        new("tools_workload", "id",
        [
            ("id", 't'), ("mcpserver_id", 't'), ("details", 't'), ("details_embedding", 'b'), ("token_count", 'n'), ("last_updated", 'd'), ("created_at", 'd'), ("name", 't'),
            ("content_hash", 't'), ("embedding_model", 't'),
        ]),
        new("trust_items", "server_name, kind, name",
        [
            ("server_name", 't'), ("kind", 'n'), ("name", 't'), ("current_hash", 't'), ("approved_hash", 't'), ("rejected_hash", 't'), ("is_present", 'n'), ("changes", 'n'),
            ("renamed_from", 't'), ("findings", 't'), ("approved_text", 't'), ("current_text", 't'), ("baselines", 'n'), ("first_seen_at", 'n'), ("changed_at", 'n'),
            ("decided_at", 'n'), ("decided_by", 't'), ("note", 't'),
        ]),
        new("trust_log", "id",
        [
            ("id", 'n'), ("at", 'd'), ("action", 't'), ("server_name", 't'), ("tool_name", 't'), ("hash", 't'), ("approved_hash", 't'), ("decided_by", 't'), ("note", 't'), ("writer", 't'),
            ("kind", 'n'),
        ]),
        new("trust_observations", "id",
        [
            ("id", 'n'), ("at", 'd'), ("action", 't'), ("server_name", 't'), ("kind", 'n'), ("name", 't'), ("hash", 't'), ("approved_hash", 't'), ("note", 't'), ("suppressed", 'n'),
            ("writer", 't'),
        ]),
        new("learned_requests", "id",
        [
            ("id", 't'), ("at", 'n'), ("profile", 't'), ("caller", 't'), ("model", 't'), ("vector", 'b'), ("request_text", 't'),
        ]),
        new("learned_outcomes", "request_id, place",
        [
            ("request_id", 't'), ("place", 'n'), ("server_name", 't'), ("tool_name", 't'), ("definition_hash", 't'), ("kind", 'n'),
        ]),
        new("tool_enrichments", "definition_hash, model, prompt_version",
        [
            ("definition_hash", 't'), ("model", 't'), ("prompt_version", 'n'), ("state", 'n'), ("purpose", 't'), ("requests", 't'), ("reason", 't'), ("at", 'n'), ("calls", 'n'),
            ("tokens", 'n'),
        ]),
    ];

    /// <summary>Some rows, in order.</summary>
    public Task<List<object?[]>> ReadAsync(DbTransaction transaction, long offset, int limit, CancellationToken cancellationToken) => transaction.Command(
        $"SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM {Name} ORDER BY {Key} LIMIT @limit OFFSET @offset",
        ("@limit", limit),
        ("@offset", offset)).ReadAllAsync(row => Columns.Select((column, at) => Value(row, at, column.Kind)).ToArray(), cancellationToken);

    /// <summary>Writes rows.</summary>
    public Task WriteAsync(DbTransaction transaction, IEnumerable<object?[]> rows, CancellationToken cancellationToken) => transaction.RunManyAsync(
        $"INSERT INTO {Name} ({string.Join(", ", Columns.Select(column => column.Name))}) VALUES ({string.Join(", ", Columns.Select((_, at) => $"@p{at}"))})",
        [.. Columns.Select((_, at) => $"@p{at}")],
        rows,
        cancellationToken);

    /// <summary>The first column in which two rows differ; null when they are equal.</summary>
    public string? Difference(object?[] one, object?[] other)
    {
        for (int at = 0; at < Columns.Count; at++)
        {
            bool isEqual = one[at] is byte[] bytes ? other[at] is byte[] others && bytes.AsSpan().SequenceEqual(others) : Equals(one[at], other[at]);
            if (!isEqual)
            {
                return Columns[at].Name;
            }
        }

        return null;
    }

    private static object? Value(DbDataReader row, int at, char kind) => row.IsDBNull(at) ? null : kind switch
    {
        't' => row.Text(at),
        'n' => Convert.ToInt64(row.GetValue(at), System.Globalization.CultureInfo.InvariantCulture),
        'b' => (byte[])row.GetValue(at),
        _ => Microseconds(row.GetDateTime(at)),
    };

    private static DateTime Microseconds(DateTime time) => new(time.Ticks - (time.Ticks % TicksOfAMicrosecond), DateTimeKind.Utc);
}
