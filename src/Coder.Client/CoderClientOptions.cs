namespace Coder.Client;

/// <summary>Settings for <see cref="ICoderClient"/> and for the calls to applications inside workspaces.</summary>
/// <remarks>A class and not a record: a record's <c>ToString()</c> would print the token.</remarks>
public sealed class CoderClientOptions
{
    /// <summary>Address of the Coder deployment, for example <c>https://coder.example.com</c>. Required; http or https.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The caller's session token or API token. Required. It is sent to the deployment only.</summary>
    public string? SessionToken { get; set; }

    /// <summary>Longest time for one call, repeats and reading the answer included.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time to open a connection.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a GET is repeated after 429, 502, 503, 504 or a broken connection: 0 to 10.</summary>
    /// <value>2.</value>
    public int MaxRetries { get; set; } = 2;

    /// <summary>Longest wait before a repeat. When the server asks for a longer one, the call fails at once and says how long.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Host pattern of subdomain applications, for example <c>*.apps.example.com</c>; null asks the deployment.</summary>
    public string? WildcardHost { get; set; }
}
