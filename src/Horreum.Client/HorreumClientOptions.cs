using System.ComponentModel.DataAnnotations;

namespace Horreum.Client;

/// <summary>How Horreum is reached. Secrets stand in no log, exception or <c>ToString()</c>.</summary>
public sealed class HorreumClientOptions
{
    /// <summary>Address of the server, http or https; a path below it is kept. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>API key (<c>HUSR_…</c>), sent as <c>X-Horreum-API-Key</c>. At most one kind of credential may be set; none means anonymous.</summary>
    public string? ApiKey { get; set; }

    /// <summary>OpenID Connect token (a JWT), sent as bearer. The server drops anything that is not a JWT and answers as to a stranger.</summary>
    public string? BearerToken { get; set; }

    /// <summary>User name for HTTP basic authentication, together with <see cref="Password"/>.</summary>
    public string? UserName { get; set; }

    /// <summary>Password for HTTP basic authentication.</summary>
    public string? Password { get; set; }

    /// <summary>Whether the server's certificate is checked.</summary>
    /// <value>True. False concerns this client only.</value>
    public bool TlsVerify { get; set; } = true;

    /// <summary>PEM file with certificates that are trusted besides the system's.</summary>
    public string? TlsCaFile { get; set; }

    /// <summary>Longest wait for the head of an answer, and then for each next part of its body.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls that may start in a second, retries included; null for no limit.</summary>
    /// <value>Null.</value>
    [Range(1, 100_000)]
    public int? RequestsPerSecond { get; set; }

    /// <summary>Longest wait for the rate limit before a call fails with <see cref="HorreumRateLimitException"/>.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a read is repeated after 429, 502, 503, 504 or a broken connection. Writes are repeated only when they were never sent.</summary>
    /// <value>0: the client alone never repeats.</value>
    [Range(0, 10)]
    public int MaxRetries { get; set; }

    /// <summary>Wait before the first repetition; doubles each time, with jitter. <c>Retry-After</c> takes precedence.</summary>
    /// <value>500 ms.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before a repetition; a longer <c>Retry-After</c> is handed to the caller instead.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Largest answer that is read into memory, in bytes; a larger one is a <see cref="HorreumResponseTooLargeException"/>. Streams
    /// (<c>Runs.OpenAsync</c> and its like) are the caller's to bound.
    /// </summary>
    /// <value>Null: no limit; with the services registered, <see cref="HorreumContractOptions.MaxPayloadBytes"/>.</value>
    public long? MaxResponseBytes { get; set; }

    /// <summary>
    /// Takes a token of unknown kind: a JWT (three parts between dots) becomes <see cref="BearerToken"/>, anything else <see cref="ApiKey"/>.
    /// </summary>
    public void UseToken(string token)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        token = token.Trim();
        bool jwt = token.Count(letter => letter == '.') == 2 && !token.StartsWith("HUSR_", StringComparison.Ordinal);
        BearerToken = jwt ? token : null;
        ApiKey = jwt ? null : token;
    }
}
