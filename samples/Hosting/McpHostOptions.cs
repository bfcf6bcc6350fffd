namespace Hosting;

/// <summary>
/// Settings of a sample host. <c>Program.cs</c> sets the defaults of its host;
/// configuration section <c>Host</c> (settings file, environment, command line) overrides them.
/// A class and not a record, so that nothing prints a token by accident.
/// </summary>
public sealed class McpHostOptions
{
    /// <summary>The server's name, as clients see it.</summary>
    public string Name { get; set; } = "mcp-host";

    /// <summary>The server's version, as clients see it.</summary>
    public string Version { get; set; } = "0.1.0";

    /// <summary>What a client may tell its model about this server; null for nothing.</summary>
    public string? Instructions { get; set; }

    /// <summary>True to serve one client over standard input and output instead of HTTP.</summary>
    public bool Stdio { get; set; }

    /// <summary>Addresses to listen on. Configuration replaces the list; several in one value are separated by a semicolon.</summary>
    public IList<string> Urls { get; set; } = [];

    /// <summary>Path of the MCP endpoint.</summary>
    public string McpPath { get; set; } = "/mcp";

    /// <summary>True to accept one more path segment, <c>/mcp/{profile}</c>. See <see cref="McpRequestContext"/>.</summary>
    public bool AcceptProfiles { get; set; }

    /// <summary>The profile of the bare <see cref="McpPath"/> and of stdio; null for none.</summary>
    public string? DefaultProfile { get; set; }

    /// <summary>Which profile names exist (null: all well-formed ones). An unknown one answers 404. Set in code only.</summary>
    public Func<IServiceProvider, string, bool>? IsProfileKnown { get; set; }

    /// <summary>The token a client must present; its subject is <c>default</c>. Required, here or below, as soon as an address is not loopback.</summary>
    public string? BearerToken { get; set; }

    /// <summary>A file that holds the token, trimmed; read once at start.</summary>
    public string? BearerTokenFile { get; set; }

    /// <summary>Further tokens by subject, for more than one caller: a session belongs to the subject that opened it.</summary>
    public IDictionary<string, string> BearerTokens { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Sign-in with tokens of an OpenID Connect issuer, beside the static ones.</summary>
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>
    /// Subjects of tokens that may do what changes the server itself for everybody; nobody else may, a forgotten name included. With <see cref="Jwt"/>, also
    /// <c>user:SUBJECT</c> and <c>group:NAME</c>. A host without static tokens takes the secret in <see cref="LocalSecretFile"/> too.
    /// </summary>
    public IList<string> Admins { get; set; } = [];

    /// <summary>
    /// A file, readable by its owner alone and made when missing, whose content stands in for an administrator's token on a host without static tokens.
    /// With <see cref="Jwt"/> it is taken from programs of the same machine only, and a file that cannot be used is a warning. Null for none.
    /// </summary>
    public string? LocalSecretFile { get; set; }

    /// <summary>
    /// Host names a request may be addressed to, without port; <c>*.example.com</c> and <c>*</c> are understood.
    /// Empty: loopback names on a loopback address, any name elsewhere (where a token is required).
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Web origins (<c>https://host:port</c>, or <c>*</c>) whose pages may send requests and read answers. Empty: loopback origins may send.
    /// Requests without an Origin header always pass.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Largest request body in bytes; a larger one answers 413.</summary>
    public long MaxRequestBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Most sessions at a time. One more ends the session that is idle for longest and has no open stream, one of the same caller first; with none idle it answers 503.
    /// A caller is the subject of a token, or an address where no token is required.
    /// </summary>
    public int MaxSessions { get; set; } = 1000;

    /// <summary>Most sessions of one caller; one more ends that caller's idlest.</summary>
    public int MaxSessionsPerCaller { get; set; } = 500;

    /// <summary>Most streams that wait for something to be told (subscriptions, and GET streams of sessions), one caller half of them; one more answers 503.</summary>
    public int MaxListeners { get; set; } = 1000;

    /// <summary>Most connections at a time; a further one is closed at once. Fewer where the process may not open that many files.</summary>
    public int MaxConnections { get; set; } = 4000;

    /// <summary>How long a session may lie idle before it is closed.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a silent event stream shows that it is alive, so that proxies keep it and a client that is gone is noticed.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running calls may go on after a stop was asked for.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long they may go on after standard input has ended, which is how a client over stdio leaves; the process ends within a quarter of a second after that.
    /// Longer for a shell that pipes requests in and reads the answers.
    /// </summary>
    public TimeSpan EndOfInputTimeout { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>True to keep the events of a session in memory, so that a client can resume a broken stream (protocol versions before 2026-07-28).</summary>
    public bool ResumableStreams { get; set; }

    /// <summary>Names of the meters and activity sources of the host's packages; one that ends with <c>*</c> stands for all that begin so. Set in code only.</summary>
    public ICollection<string> TelemetrySources { get; } = [];

    /// <summary>Whether a host over stdio measures too, for a route of its own making (<c>MapPrometheusMetrics</c>). Set in code only.</summary>
    public bool MeasuresOverStdio { get; private set; }

    /// <summary>Whether traces go to a collector; null for when the <c>OTEL_*</c> variables say where it is. Set in code only.</summary>
    public bool? ExportTraces { get; private set; }

    /// <summary>What a host with switches of its own says of telemetry.</summary>
    /// <param name="exportTraces">See <see cref="ExportTraces"/>.</param>
    /// <param name="measuresOverStdio">See <see cref="MeasuresOverStdio"/>.</param>
    public void ChooseTelemetry(bool? exportTraces, bool measuresOverStdio) => (ExportTraces, MeasuresOverStdio) = (exportTraces, measuresOverStdio);

    /// <summary>The subjects that have a token.</summary>
    public IReadOnlyCollection<string> Subjects =>
        [.. BearerTokens.Keys, .. BearerToken is null && BearerTokenFile is null ? Array.Empty<string>() : [Security.BearerTokens.DefaultSubject]];

    /// <summary>Why a name in a setting can be nobody's, as one sentence: neither a token's subject nor, with <see cref="Jwt"/>, a user or group. Null when it can be somebody's.</summary>
    /// <param name="name">The name, as in <see cref="Admins"/>.</param>
    public string? FindSubjectFault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool signsIn = name.StartsWith(Security.HostUser.UserPrefix, StringComparison.Ordinal) || name.StartsWith(Security.HostUser.GroupPrefix, StringComparison.Ordinal);
        if (signsIn)
        {
            return Jwt.IsOn
                ? name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Length > 0 ? null : "it names nobody"
                : "nobody signs in here: Host:Jwt:Authority is not set";
        }

        if (Subjects.Contains(name))
        {
            return null;
        }

        string also = Jwt.IsOn ? $" Who signs in is written {Security.HostUser.UserPrefix}SUBJECT or {Security.HostUser.GroupPrefix}NAME." : "";
        return "no token has that subject." + (Subjects.Count == 0 ? " There is no token: Host:BearerTokens:SUBJECT gives one." : NearestName.Hint(name, Subjects)) + also;
    }
}
