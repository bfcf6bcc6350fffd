using System.Text.Json;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models.Calls;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Authentication;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>
/// The tokens of one server and client in a row. Asked for at every request, they are remembered for a moment; a token that has expired is refreshed by one
/// replica, while the others wait for what it stores.
/// </summary>
internal sealed partial class PostgreSqlTokens(PostgreSqlConnections connections, string key, string serverName, TimeProvider clock, ILogger<PostgreSqlTokens> logger) : IOAuthTokens
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Longer than a refresh takes; after it another one may try.
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Row _known = Row.None;
    private long? _readAt;

    /// <inheritdoc/>
    public DateTime WrittenAt => Load().WrittenAt;

    /// <inheritdoc/>
    public TokenContainer? Read() => Load().Tokens;

    /// <inheritdoc/>
    public void Write(TokenContainer tokens) => Wait(token => WriteAsync(tokens, token));

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadScopes() => Load().Scopes;

    /// <inheritdoc/>
    public void AddScopes(IEnumerable<string> scopes)
    {
        IReadOnlyList<string> known = ReadScopes();
        string[] all = [.. known.Union(scopes, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (all.Length == known.Count)
        {
            return;
        }

        try
        {
            Wait(token => connections.QueryAsync(
                """
                INSERT INTO oauth_tokens (key, scopes, written_at) VALUES (@key, @scopes, clock_timestamp())
                ON CONFLICT (key) DO UPDATE SET scopes = excluded.scopes
                """,
                [("@key", key), ("@scopes", string.Join(' ', all))],
                _ => true,
                token));
            Forget();
        }
        catch (BackendException e)
        {
            // The tokens matter; this is a convenience.
            LogNotKept(serverName, e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken = default)
    {
        Row row = await LoadAsync(cancellationToken).ConfigureAwait(false);
        long asked = clock.GetTimestamp();
        while (row.Tokens is { RefreshToken: not null } tokens && HasExpired(tokens) && clock.GetElapsedTime(asked) < Claim)
        {
            if (await TryClaimAsync(row, cancellationToken).ConfigureAwait(false))
            {
                // Ours to refresh: the client does it when it sees that the token has expired, and stores what it gets.
                return tokens;
            }

            await Task.Delay(BetweenLooks, clock, cancellationToken).ConfigureAwait(false);
            Forget();
            row = await LoadAsync(cancellationToken).ConfigureAwait(false);
        }

        return row.Tokens;
    }

    /// <inheritdoc/>
    public async ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken = default)
    {
        try
        {
            await WriteAsync(tokens, cancellationToken).ConfigureAwait(false);
        }
        catch (OptimizerStoreException e)
        {
            throw NotStored(e);
        }
    }

    private async Task WriteAsync(TokenContainer tokens, CancellationToken cancellationToken)
    {
        string text = JsonSerializer.Serialize(tokens, OAuthJsonContext.Default.TokenContainer);

        // Kept before the store is asked: a refreshed token is lost otherwise when the store is away, and the old one is worth nothing any more.
        lock (_gate)
        {
            _known = _known with { Tokens = tokens };
            _readAt = clock.GetTimestamp();
        }

        await connections.QueryAsync(
            """
            INSERT INTO oauth_tokens (key, tokens, written_at) VALUES (@key, @tokens, clock_timestamp())
            ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens, written_at = excluded.written_at, refresher = NULL, refreshing_until = NULL
            """,
            [("@key", key), ("@tokens", text)],
            _ => true,
            cancellationToken).ConfigureAwait(false);
        Forget();
    }

    private async Task<bool> TryClaimAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            return (await connections.QueryAsync(
                """
                UPDATE oauth_tokens SET refresher = @me, refreshing_until = clock_timestamp() + @claim
                WHERE key = @key AND written_at = @written AND (refreshing_until IS NULL OR refreshing_until <= clock_timestamp() OR refresher = @me) RETURNING true
                """,
                [("@me", connections.Id), ("@claim", Claim), ("@key", key), ("@written", row.WrittenAt)],
                found => found.GetBoolean(0),
                cancellationToken).ConfigureAwait(false)).Count > 0;
        }
        catch (OptimizerStoreException)
        {
            // Nobody to agree with: refreshed here, as if there were no others.
            return true;
        }
    }

    private bool HasExpired(TokenContainer tokens) => tokens.ExpiresIn is { } seconds && tokens.ObtainedAt.AddSeconds(seconds) <= clock.GetUtcNow();

    private void Forget()
    {
        lock (_gate)
        {
            _readAt = null;
        }
    }

    private Row Load()
    {
        Row? row = null;
        try
        {
            Wait(async token => row = await LoadAsync(token).ConfigureAwait(false));
        }
        catch (BackendException)
        {
            // What is known is as good as it gets.
        }

        return row ?? _known;
    }

    private async Task<Row> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_readAt is { } at && clock.GetElapsedTime(at) < Remembered)
            {
                return _known;
            }
        }

        Row row;
        try
        {
            row = (await connections.QueryAsync(
                "SELECT tokens, scopes, written_at FROM oauth_tokens WHERE key = @key",
                [("@key", key)],
                found => new Row(Parse(found.IsDBNull(0) ? null : found.GetString(0)), found.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries), found.GetDateTime(2)),
                cancellationToken).ConfigureAwait(false)).FirstOrDefault() ?? Row.None;
        }
        catch (OptimizerStoreException e)
        {
            LogNotRead(serverName, e.Message);
            lock (_gate)
            {
                _readAt = clock.GetTimestamp();
                return _known;
            }
        }

        lock (_gate)
        {
            _known = row;
            _readAt = clock.GetTimestamp();
        }

        return row;
    }

    private static TokenContainer? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, OAuthJsonContext.Default.TokenContainer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The SDK asks for tokens synchronously in some places; on a thread of the pool, so that no context is waited for.
    private void Wait(Func<CancellationToken, Task> use)
    {
        try
        {
            using CancellationTokenSource limit = new(Patience, clock);
            Task.Run(() => use(limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OptimizerStoreException or OperationCanceledException)
        {
            throw NotStored(e);
        }
    }

    private BackendException NotStored(Exception e) => new(serverName, BackendFailure.Unauthorized, $"The tokens of server '{serverName}' cannot be stored: {e.Message}", e);

    [LoggerMessage(EventId = 272, Level = LogLevel.Warning, Message = "The scopes of {Server} could not be kept: {Reason}")]
    private partial void LogNotKept(string server, string reason);

    [LoggerMessage(EventId = 273, Level = LogLevel.Warning, Message = "The tokens of {Server} could not be read; those known last are used: {Reason}")]
    private partial void LogNotRead(string server, string reason);

    private sealed record Row(TokenContainer? Tokens, IReadOnlyList<string> Scopes, DateTime WrittenAt)
    {
        public static Row None { get; } = new(null, [], default);

        // The tokens are secret.
        public override string ToString() => "tokens";
    }
}
