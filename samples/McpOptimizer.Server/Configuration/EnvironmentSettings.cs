using System.Globalization;
using ToolHive.Client;

namespace McpOptimizer.Server.Configuration;

/// <summary>The environment names of the original, read into the keys of our options. Unset names change nothing.</summary>
internal sealed class EnvironmentSettings
{
    private static readonly string[] ToolHiveNames = ["TOOLHIVE_URL", "TOOLHIVE_HOST", "TOOLHIVE_PORT"];

    private readonly List<string> _faults = [];

    private EnvironmentSettings()
    {
    }

    /// <summary>Configuration keys and values.</summary>
    public Dictionary<string, string?> Values { get; } = [];

    /// <summary><c>MCP_PORT</c>.</summary>
    public int? Port { get; private set; }

    /// <summary>Whether anything says where ToolHive is, so that its absence is worth a warning.</summary>
    public bool NamesToolHive { get; private set; }

    /// <summary><c>RUNTIME_MODE=k8s</c>.</summary>
    public bool Kubernetes { get; private set; }

    /// <summary>Reads and checks; every fault in one message.</summary>
    /// <exception cref="SettingException">A value has the wrong type or is out of range.</exception>
    public static EnvironmentSettings Read(Func<string, string?> environment)
    {
        EnvironmentSettings settings = new();
        settings.ReadHost(environment);
        settings.ReadOptimizer(environment);
        settings.ReadToolHive(environment);
        return settings._faults.Count == 0 ? settings : throw new SettingException(string.Join(Environment.NewLine, settings._faults));
    }

    private void ReadHost(Func<string, string?> environment)
    {
        Port = Whole(environment, "MCP_PORT", 1024, 65535) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : null;
        if (environment("LOG_LEVEL") is { Length: > 0 } level)
        {
            string? word = level switch { "DEBUG" => "Debug", "INFO" => "Information", "WARNING" => "Warning", "ERROR" => "Error", "CRITICAL" => "Critical", _ => null };
            Set("Logging:LogLevel:Default", word);
            if (word is null)
            {
                _faults.Add($"LOG_LEVEL is '{level}'; allowed: DEBUG, INFO, WARNING, ERROR, CRITICAL.");
            }
        }
    }

    private void ReadOptimizer(Func<string, string?> environment)
    {
        Set("McpOptimizer:Search:MaxToolsToReturn", Whole(environment, "MAX_TOOLS_TO_RETURN", 1, 50));
        Seconds(environment, "WORKLOAD_POLLING_INTERVAL", 0, 300, "McpOptimizer:Ingestion:WorkloadPollingInterval");
        Seconds(environment, "REGISTRY_POLLING_INTERVAL", 0, 86_400, "McpOptimizer:Ingestion:RegistryPollingInterval");
        Seconds(environment, "STARTUP_POLLING_DELAY", 0, 300, "McpOptimizer:Ingestion:RegistryHeadStart");
        Seconds(environment, "MCP_TIMEOUT", 1, 300, "McpOptimizer:Backends:CallTimeout");
        Set("McpOptimizer:Ingestion:Parallelism", Whole(environment, "WORKLOAD_INGESTION_BATCH_SIZE", 1, 50));
        Set("McpOptimizer:Responses:MaxTokens", Whole(environment, "MAX_TOOL_RESPONSE_TOKENS", 100, 100_000));
        List(environment, "ALLOWED_GROUPS", "McpOptimizer:Ingestion:AllowedGroups");
        List(environment, "SKIPPED_WORKLOADS", "McpOptimizer:Ingestion:SkippedWorkloads");
        Set("McpOptimizer:EnableDynamicInstall", Flag(environment, "ENABLE_DYNAMIC_INSTALL"));
        string? database = environment("ASYNC_DB_URL") is { Length: > 0 } first ? first : environment("DB_URL");
        if (!string.IsNullOrEmpty(database))
        {
            ReadDatabase(database);
        }

        Set(StoreChoice.ConnectionKey, environment("DATABASE_URL") is { Length: > 0 } url ? url : null);
    }

    private void ReadToolHive(Func<string, string?> environment)
    {
        string mode = environment("RUNTIME_MODE")?.ToLowerInvariant() ?? "";
        Kubernetes = mode == "k8s";
        if (mode is not ("" or "docker" or "k8s"))
        {
            _faults.Add($"RUNTIME_MODE is '{mode}'; allowed: docker, k8s.");
        }

        try
        {
            new ToolHiveClientOptions().ReadEnvironment(environment);
        }
        catch (FormatException e)
        {
            _faults.Add(e.Message);
        }

        NamesToolHive = ToolHiveNames.Any(name => !string.IsNullOrEmpty(environment(name)));
    }

    // sqlite:///relative, sqlite:////absolute, with or without a driver behind the plus sign.
    private void ReadDatabase(string url)
    {
        int at = url.IndexOf("://", StringComparison.Ordinal);
        string scheme = at < 0 ? "" : url[..at].Split('+')[0];
        if (scheme is "postgres" or "postgresql")
        {
            // As the original's drivers are named: postgresql+asyncpg://…
            Set(StoreChoice.ConnectionKey, scheme + url[at..]);
            return;
        }

        if (scheme != "sqlite" || url.Length <= at + 4)
        {
            _faults.Add("DB_URL / ASYNC_DB_URL must be sqlite:///PATH or postgresql://USER@HOST/DATABASE (a driver after a plus sign, as in sqlite+aiosqlite, is understood).");
            return;
        }

        Set("McpOptimizer:Store:DatabasePath", url[(at + 4)..]);
    }

    private string? Whole(Func<string, string?> environment, string name, int min, int max)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
        {
            return text;
        }

        _faults.Add($"{name} is '{text}'; expected a whole number from {min} to {max}.");
        return null;
    }

    private void Seconds(Func<string, string?> environment, string name, double min, double max, string key)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            return;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max)
        {
            Set(key, TimeSpan.FromSeconds(value).ToString("c", CultureInfo.InvariantCulture));
        }
        else
        {
            _faults.Add($"{name} is '{text}'; expected seconds from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}.");
        }
    }

    private string? Flag(Func<string, string?> environment, string name)
    {
        switch (environment(name)?.ToLowerInvariant())
        {
            case null or "":
                return null;
            case "true" or "1" or "yes" or "on":
                return "true";
            case "false" or "0" or "no" or "off":
                return "false";
            default:
                _faults.Add($"{name} is '{environment(name)}'; expected true or false.");
                return null;
        }
    }

    private void List(Func<string, string?> environment, string name, string key)
    {
        string[] items = environment(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        for (int i = 0; i < items.Length; i++)
        {
            Set($"{key}:{i}", items[i]);
        }
    }

    private void Set(string key, string? value)
    {
        if (value is not null)
        {
            Values[key] = value;
        }
    }
}
