namespace McpOptimizer.Core.Models.Settings;

/// <summary>How backend MCP servers are connected to and called. Times and counts hold for each backend on its own unless said otherwise.</summary>
public sealed class BackendSettings
{
    /// <summary>
    /// Longest time one operation on a backend may take without a sign of progress, connection included. Each report of progress gives it anew.
    /// Time spent waiting for a person's answer to the backend does not count.
    /// </summary>
    /// <value>60 seconds; 1 second to 1 hour.</value>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time one operation may take however much progress the backend reports. Less than <see cref="CallTimeout"/> means that progress prolongs nothing.</summary>
    /// <value>10 minutes; 1 second to 1 day.</value>
    public TimeSpan MaxCallDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Longest time a connection may take to come up. It goes on when the operation that asked for it gave up, because a program
    /// that is downloaded at its first start takes longer than one operation may.
    /// </summary>
    /// <value>60 seconds; 1 to 600 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stdio server may take to end after its input was closed, and again after it was asked to terminate, before it is killed.</summary>
    /// <value>2 seconds; 0 to 60 seconds.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most sessions kept open, all backends together. The one unused for longest makes room; while all are in use, a new one waits its turn for half a minute.</summary>
    /// <value>1024; 1 to 100,000.</value>
    public int MaxSessions { get; set; } = 1024;

    /// <summary>Most operations under way at one backend; further ones wait for as long as their timeout allows.</summary>
    /// <value>64; 1 to 10,000.</value>
    public int MaxConcurrentCalls { get; set; } = 64;

    /// <summary>Largest single message taken from a backend, in bytes. The operation that asked for a larger one fails; others are not disturbed.</summary>
    /// <value>16 MiB; 1 KiB to 1 GiB.</value>
    public long MaxResponseBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>Most tools (or resources, or prompts) taken from one backend's listing; the first ones are kept.</summary>
    /// <value>100,000; 1 to 1,000,000.</value>
    public int MaxListedItems { get; set; } = 100_000;

    /// <summary>Most pages read of one listing; what stands on the first ones is kept.</summary>
    /// <value>2,000; 1 to 100,000.</value>
    public int MaxListPages { get; set; } = 2_000;

    /// <summary>How often an operation is tried again when that is safe: a listing or reading after any passing fault, a call only when it never reached the backend.</summary>
    /// <value>2; 0 to 10.</value>
    public int RetryAttempts { get; set; } = 2;

    /// <summary>Wait before the first retry; doubled for each further one, each shortened at random by up to half.</summary>
    /// <value>200 milliseconds; 0 to 60 seconds.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Faults in a row after which a backend is left alone for <see cref="BreakDuration"/>; the same number of starts, and of connections that were lost within five
    /// minutes, whatever was answered in between. A tool's own error is not a fault.
    /// </summary>
    /// <value>5; 1 to 1,000.</value>
    public int BreakAfterFailures { get; set; } = 5;

    /// <summary>How long a faulty backend is left alone; then one operation tries it. Each further failure doubles it, up to ten times.</summary>
    /// <value>30 seconds; 100 milliseconds to 1 hour.</value>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long without use a session is closed; null to keep it for good, so that changes of its tools are heard of.</summary>
    /// <value>null; 1 second to 1 day.</value>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>The same for sessions opened with one caller's own credentials.</summary>
    /// <value>10 minutes; 1 second to 1 day.</value>
    public TimeSpan CallerIdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether backends may be at link-local addresses, where clouds answer with machine credentials.</summary>
    /// <value>false.</value>
    public bool AllowLinkLocalAddresses { get; set; }

    /// <summary>Hosts that may be reached whatever their address is; each as it stands in a backend's URL, or in the address of a login server in a private network.</summary>
    /// <value>Empty.</value>
    public IList<string> TrustedHosts { get; } = [];

    /// <summary>Most redirects followed for one request. Only those to the same host are followed.</summary>
    /// <value>5; 0 to 20.</value>
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Whether stdio servers see all environment variables of the host. Off, they see <see cref="PassedEnvironment"/> and those of their own entry.</summary>
    /// <value>false.</value>
    public bool InheritEnvironment { get; set; }

    /// <summary>Environment variables of the host that stdio servers see; a trailing <c>*</c> stands for any ending.</summary>
    /// <value>What programs need to start: paths, home, user, locale, temporary folder, certificates. Not proxies, whose addresses may hold passwords: an entry that needs one sets it.</value>
    public IList<string> PassedEnvironment { get; } =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_*", "TZ", "TMPDIR", "XDG_*",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "DOTNET_ROOT*",
        "APPDATA", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT", "PROCESSOR_ARCHITECTURE", "PROGRAMDATA", "PROGRAMFILES*",
        "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR", "COMSPEC",
    ];

    /// <summary>Folder of the tokens of backends with OAuth, one file each that only this user can read; created when missing.</summary>
    /// <value>null: <c>oauth-tokens</c> beside the database.</value>
    public string? OAuthTokenFolder { get; set; }

    /// <summary>Whether backends are told that a person can be asked. Callers that cannot ask then answer with an error.</summary>
    /// <value>true.</value>
    public bool OfferElicitation { get; set; } = true;

    /// <summary>Whether backends are told that the caller's model can be used.</summary>
    /// <value>false.</value>
    public bool OfferSampling { get; set; }

    /// <summary>What is wrong with these values, one sentence each.</summary>
    /// <param name="path">How the settings are named in the sentences, for example <c>Backends</c>.</param>
    internal IEnumerable<string> FindFaults(string path)
    {
        return new[]
        {
            SettingRange.Check(path, nameof(CallTimeout), CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            SettingRange.Check(path, nameof(MaxCallDuration), MaxCallDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            SettingRange.Check(path, nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(600)),
            SettingRange.Check(path, nameof(ShutdownTimeout), ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromSeconds(60)),
            SettingRange.Check(path, nameof(MaxSessions), MaxSessions, 1, 100_000),
            SettingRange.Check(path, nameof(MaxConcurrentCalls), MaxConcurrentCalls, 1, 10_000),
            SettingRange.Check(path, nameof(MaxResponseBytes), MaxResponseBytes, 1024L, 1024L * 1024 * 1024),
            SettingRange.Check(path, nameof(MaxListedItems), MaxListedItems, 1, 1_000_000),
            SettingRange.Check(path, nameof(MaxListPages), MaxListPages, 1, 100_000),
            SettingRange.Check(path, nameof(RetryAttempts), RetryAttempts, 0, 10),
            SettingRange.Check(path, nameof(RetryDelay), RetryDelay, TimeSpan.Zero, TimeSpan.FromSeconds(60)),
            SettingRange.Check(path, nameof(BreakAfterFailures), BreakAfterFailures, 1, 1_000),
            SettingRange.Check(path, nameof(BreakDuration), BreakDuration, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            SettingRange.Check(path, nameof(IdleTimeout), IdleTimeout ?? TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            SettingRange.Check(path, nameof(CallerIdleTimeout), CallerIdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            SettingRange.Check(path, nameof(MaxRedirects), MaxRedirects, 0, 20),
        }.OfType<string>();
    }
}
