using System.Net;
using System.Net.Sockets;
using Horreum.Client;
using Horreum.Client.Models;
using Horreum.Server.Llm;
using Hosting;
using Hosting.Configuration;

namespace Horreum.Server.Configuration;

/// <summary>The server's settings, from the environment variables of the original server and a few more.</summary>
public sealed class ServerSettings
{
    private const string Loopback = "127.0.0.1";
    private const int DefaultPort = 3000;
    private const int DefaultMetricsPort = 9464;

    /// <summary>How the host is reached.</summary>
    public required McpHostOptions Host { get; init; }

    /// <summary>Address of Horreum.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>API key or JWT; null for a stranger.</summary>
    public string? Token { get; init; }

    /// <summary>User name for basic authentication.</summary>
    public string? UserName { get; init; }

    /// <summary>Password for basic authentication.</summary>
    public string? Password { get; init; }

    /// <summary>Calls to Horreum in a second.</summary>
    public int RateLimit { get; init; } = 10;

    /// <summary>Longest wait for Horreum.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a read is repeated.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first repetition.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether Horreum's certificate is checked.</summary>
    public bool TlsVerify { get; init; } = true;

    /// <summary>Certificates that are trusted besides the system's.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>Spelling of answers.</summary>
    public ContractNaming Naming { get; init; }

    /// <summary>Whether runs may be uploaded.</summary>
    public bool EnableWrites { get; init; }

    /// <summary>How far back lists reach by default; null for all time.</summary>
    public TimeSpan? DefaultTimeRange { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether a <c>from</c> later than <c>to</c> is refused.</summary>
    public bool StrictTimes { get; init; }

    /// <summary>Largest content that is answered.</summary>
    public long MaxDatasetSize { get; init; } = 10 * 1024 * 1024;

    /// <summary>Zone of dates that name none.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Secret of page tokens.</summary>
    public string? PageTokenKey { get; init; }

    /// <summary>Whether <c>/ready</c> asks Horreum.</summary>
    public bool ReadyProbe { get; init; } = true;

    /// <summary>Port of the metrics; null when off.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Address that the metrics are bound to: they need no token, so that only a setting of their own or the host's opens them to others.</summary>
    public string MetricsHost { get; init; } = Loopback;

    /// <summary>Path of the metrics.</summary>
    public string MetricsPath { get; init; } = "/metrics";

    /// <summary>Whether traces are exported.</summary>
    public bool Tracing { get; init; }

    /// <summary>The LLM behind <c>POST /api/query</c>; null when none is configured.</summary>
    public LlmSettings? Llm { get; init; }

    /// <summary>Least severity of logs.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether logs are JSON lines.</summary>
    public bool JsonLogs { get; init; } = true;

    /// <summary>What is risky about how the credential travels; null when nothing is.</summary>
    public string? CredentialWarning => (Token ?? UserName) is not null && BaseAddress.Scheme == Uri.UriSchemeHttp && !BaseAddress.IsLoopback
        ? $"the credential travels unencrypted to {BaseAddress.Host}; use https"
        : !TlsVerify ? "the certificate of Horreum is not checked (HORREUM_TLS_VERIFY)" : Llm?.Warning;

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Answers the value of an environment variable.</param>
    /// <exception cref="SettingsException">The settings are at fault.</exception>
    public static ServerSettings Read(Func<string, string?> read)
    {
        VariableReader environment = new(read);
        Uri baseAddress = ReadAddress(environment);
        bool http = environment.Flag("HTTP_MODE_ENABLED") == true;
        bool metrics = environment.Flag("METRICS_ENABLED") == true;
        int metricsPort = environment.Whole("METRICS_PORT", 0, 65535) ?? DefaultMetricsPort;
        int rangeDays = environment.Whole("HORREUM_DEFAULT_RANGE_DAYS", 0, 36500) ?? 30;
        string? metricsPath = environment.Text("METRICS_PATH");
        ServerSettings settings = new()
        {
            Host = ReadHost(environment, http),
            BaseAddress = baseAddress,
            Token = environment.Text("HORREUM_TOKEN"),
            UserName = environment.Text("HORREUM_USERNAME"),
            Password = environment.Text("HORREUM_PASSWORD"),
            RateLimit = environment.Whole("HORREUM_RATE_LIMIT", 1, 100_000) ?? 10,
            Timeout = environment.Milliseconds("HORREUM_TIMEOUT", 1000, 300_000) ?? TimeSpan.FromSeconds(30),
            Retries = environment.Whole("HORREUM_RETRIES", 0, 10) ?? 3,
            RetryDelay = environment.Milliseconds("HORREUM_RETRY_DELAY", 50, 60_000) ?? TimeSpan.FromMilliseconds(500),
            TlsVerify = environment.Flag("HORREUM_TLS_VERIFY") != false,
            TlsCaFile = environment.Text("HORREUM_TLS_CA_FILE"),
            Naming = environment.Choice(
                "HORREUM_CONTRACT_NAMING", ContractNaming.CamelCase, ("camelCase", ContractNaming.CamelCase), ("snake_case", ContractNaming.SnakeCase)),
            EnableWrites = environment.Flag("HORREUM_ENABLE_WRITES") == true,
            StrictTimes = environment.Flag("HORREUM_STRICT_TIMES") == true,
            DefaultTimeRange = rangeDays == 0 ? null : TimeSpan.FromDays(rangeDays),
            MaxDatasetSize = environment.Bytes("HORREUM_MAX_DATASET_SIZE", 1024, 1L << 31) ?? 10 * 1024 * 1024,
            TimeZone = environment.Text("HORREUM_TIME_ZONE") ?? "UTC",
            PageTokenKey = environment.Text("HORREUM_PAGE_TOKEN_KEY"),
            ReadyProbe = environment.Flag("HORREUM_READY_PROBE") != false,
            MetricsPort = metrics ? metricsPort : null,
            MetricsHost = environment.Text("METRICS_HOST") ?? environment.Text("HTTP_HOST") ?? Loopback,
            MetricsPath = metricsPath is null || metricsPath.StartsWith('/') ? metricsPath ?? "/metrics" : "/" + metricsPath,
            Tracing = environment.Flag("TRACING_ENABLED") == true,
            Llm = LlmEnvironment.Read(environment),
            LogLevel = ReadLogLevel(environment),
            JsonLogs = environment.Choice("LOG_FORMAT", environment.Flag("LOG_PRETTY") != true, ("json", true), ("pretty", false)),
        };
        return environment.Faults.Count == 0 ? settings : throw new SettingsException(string.Join(". ", environment.Faults) + ".");
    }

    /// <summary>Sets up the client.</summary>
    public void ApplyTo(HorreumClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.BaseAddress = BaseAddress;
        options.UserName = UserName;
        options.Password = Password;
        options.RequestsPerSecond = RateLimit;
        options.Timeout = Timeout;
        options.MaxRetries = Retries;
        options.RetryDelay = RetryDelay;
        options.TlsVerify = TlsVerify;
        options.TlsCaFile = TlsCaFile;
        if (Token is not null)
        {
            options.UseToken(Token);
        }
    }

    /// <summary>Sets up the services.</summary>
    public void ApplyTo(HorreumContractOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Naming = Naming;
        options.EnableWrites = EnableWrites;
        options.DefaultTimeRange = DefaultTimeRange;
        options.StrictTimes = StrictTimes;
        options.MaxPayloadBytes = MaxDatasetSize;
        options.TimeZone = TimeZone;
        options.PageTokenKey = PageTokenKey;
    }

    // A fault shows it without what may be secret in it.
    private static Uri ReadAddress(VariableReader environment)
    {
        string? text = environment.Text("HORREUM_BASE_URL");
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        environment.Fault("HORREUM_BASE_URL", text is null ? null : ShownAddress.Of(text), "an absolute http or https address");
        return new Uri("http://localhost");
    }

    private static McpHostOptions ReadHost(VariableReader environment, bool http)
    {
        string? token = environment.Text("HTTP_AUTH_TOKEN");

        // All interfaces, as the original does, but only where a token stands before them.
        string address = environment.Text("HTTP_HOST") ?? (token is null ? Loopback : "0.0.0.0");
        int port = environment.Whole("HTTP_PORT", 0, 65535) ?? DefaultPort;
        return new McpHostOptions
        {
            Stdio = !http,
            Urls = [ToUrl(address, port)],
            BearerToken = token,
            AllowedOrigins = [.. environment.List("CORS_ORIGINS", ',', ';', ' ')],
            MaxSessions = environment.Whole("MAX_SESSIONS", 1, 1_000_000) ?? 1000,
            SessionIdleTimeout = environment.Milliseconds("SESSION_TIMEOUT", 10_000, 86_400_000) ?? TimeSpan.FromHours(1),
            MaxRequestBodyBytes = environment.Bytes("HTTP_MAX_BODY_SIZE", 1024, 1L << 31) ?? 32 * 1024 * 1024,
        };
    }

    /// <summary>The URL of an address and a port; the colons of IPv6 stand in brackets.</summary>
    internal static string ToUrl(string address, int port) =>
        IPAddress.TryParse(address, out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"http://[{ip}]:{port}" : $"http://{address}:{port}";

    private static LogLevel ReadLogLevel(VariableReader environment) => environment.Choice(
        "LOG_LEVEL",
        LogLevel.Information,
        ("fatal", LogLevel.Critical),
        ("error", LogLevel.Error),
        ("warn", LogLevel.Warning),
        ("info", LogLevel.Information),
        ("debug", LogLevel.Debug),
        ("trace", LogLevel.Trace),
        ("silent", LogLevel.None));
}
