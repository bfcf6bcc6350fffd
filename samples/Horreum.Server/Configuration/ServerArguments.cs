using System.Reflection;

namespace Horreum.Server.Configuration;

/// <summary>The command line. Its options beat the environment; what is unknown here goes on to the host.</summary>
public sealed record ServerArguments
{
    private const string Usage = """
        horreum-mcp: Horreum as an MCP server over stdio, or over HTTP at /mcp and /api/tools/horreum_*.

        --http               serve HTTP (as HTTP_MODE_ENABLED=true)
        --port N             port for HTTP (as HTTP_PORT)
        --log-level LEVEL    fatal, error, warn, info, debug, trace or silent (as LOG_LEVEL); --debug, -d, --trace, --silent
        --version, --help

        Environment: HORREUM_BASE_URL (required), HORREUM_TOKEN, HORREUM_TIMEOUT, HORREUM_RATE_LIMIT, HORREUM_TLS_VERIFY, HORREUM_TLS_CA_FILE,
        HORREUM_CONTRACT_NAMING, HORREUM_ENABLE_WRITES, HORREUM_STRICT_TIMES, HTTP_MODE_ENABLED, HTTP_HOST, HTTP_PORT, HTTP_AUTH_TOKEN, CORS_ORIGINS, MAX_SESSIONS,
        SESSION_TIMEOUT, METRICS_ENABLED, METRICS_HOST, METRICS_PORT, METRICS_PATH, TRACING_ENABLED, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL, LOG_FORMAT.
        For POST /api/query: LLM_PROVIDER, LLM_API_KEY, LLM_MODEL, LLM_BASE_URL, LLM_AZURE_ENDPOINT, LLM_AZURE_DEPLOYMENT, LLM_GEMINI_ENDPOINT,
        LLM_GEMINI_PROJECT, LLM_TIMEOUT, LLM_QUERY_TIMEOUT, LLM_MAX_ROUNDS, LLM_MAX_RESULT_BYTES.
        """;

    private readonly Dictionary<string, string> _variables = [];

    /// <summary>What to print instead of serving; null to serve.</summary>
    public string? Text { get; private init; }

    /// <summary>What the host reads.</summary>
    public string[] Rest { get; private init; } = [];

    /// <summary>Reads a command line.</summary>
    public static ServerArguments Parse(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        List<string> rest = [];
        ServerArguments parsed = new();
        for (int at = 0; at < args.Length; at++)
        {
            string[] parts = args[at].Split('=', 2);
            string? Value() => parts.Length == 2 ? parts[1] : at + 1 < args.Length ? args[++at] : throw new SettingsException($"{parts[0]} needs a value.");
            switch (parts[0])
            {
                case "--help" or "-h":
                    return new ServerArguments { Text = Usage };
                case "--version":
                    return new ServerArguments { Text = typeof(ServerArguments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion };
                case "--http":
                    parsed._variables["HTTP_MODE_ENABLED"] = "true";
                    break;
                case "--port":
                    parsed._variables["HTTP_PORT"] = Value()!;
                    break;
                case "--log-level":
                    parsed._variables["LOG_LEVEL"] = Value()!;
                    break;
                case "--debug" or "-d":
                    parsed._variables["LOG_LEVEL"] = "debug";
                    break;
                case "--trace":
                    parsed._variables["LOG_LEVEL"] = "trace";
                    break;
                case "--silent":
                    parsed._variables["LOG_LEVEL"] = "silent";
                    break;
                default:
                    rest.Add(args[at]);
                    break;
            }
        }

        return parsed with { Rest = [.. rest] };
    }

    /// <summary>The environment with the command line's options over it.</summary>
    public Func<string, string?> Apply(Func<string, string?> environment) =>
        name => _variables.TryGetValue(name, out string? value) ? value : environment(name);
}
