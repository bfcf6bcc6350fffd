using System.Globalization;
using Hosting.Configuration;
using ToolHive.Client;

namespace McpOptimizer.Server.Configuration;

/// <summary>The environment names of the original, read into the keys of our options. Unset names change nothing.</summary>
internal sealed class EnvironmentSettings
{
    private static readonly string[] ToolHiveNames = ["TOOLHIVE_URL", "TOOLHIVE_HOST", "TOOLHIVE_PORT"];

    private readonly VariableReader _read;

    private EnvironmentSettings(Func<string, string?> environment) => _read = new VariableReader(environment);

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
        EnvironmentSettings settings = new(environment);
        settings.ReadHost();
        settings.ReadOptimizer();
        settings.ReadToolHive(environment);
        IReadOnlyList<string> faults = settings._read.Faults;
        return faults.Count == 0 ? settings : throw new SettingException(string.Join(Environment.NewLine, faults.Select(fault => fault.TrimEnd('.') + ".")));
    }

    private void ReadHost()
    {
        Port = _read.Whole("MCP_PORT", 1024, 65535);
        Set("Logging:LogLevel:Default", _read.Choice<string?>(
            "LOG_LEVEL", null, ("DEBUG", "Debug"), ("INFO", "Information"), ("WARNING", "Warning"), ("ERROR", "Error"), ("CRITICAL", "Critical")));
    }

    private void ReadOptimizer()
    {
        Whole("MAX_TOOLS_TO_RETURN", 1, 50, "McpOptimizer:Search:MaxToolsToReturn");
        Seconds("WORKLOAD_POLLING_INTERVAL", 0, 300, "McpOptimizer:Ingestion:WorkloadPollingInterval");
        Seconds("REGISTRY_POLLING_INTERVAL", 0, 86_400, "McpOptimizer:Ingestion:RegistryPollingInterval");
        Seconds("STARTUP_POLLING_DELAY", 0, 300, "McpOptimizer:Ingestion:RegistryHeadStart");
        Seconds("MCP_TIMEOUT", 1, 300, "McpOptimizer:Backends:CallTimeout");
        Whole("WORKLOAD_INGESTION_BATCH_SIZE", 1, 50, "McpOptimizer:Ingestion:Parallelism");
        Whole("MAX_TOOL_RESPONSE_TOKENS", 100, 100_000, "McpOptimizer:Responses:MaxTokens");
        List("ALLOWED_GROUPS", "McpOptimizer:Ingestion:AllowedGroups");
        List("SKIPPED_WORKLOADS", "McpOptimizer:Ingestion:SkippedWorkloads");
        Set("McpOptimizer:EnableDynamicInstall", _read.Flag("ENABLE_DYNAMIC_INSTALL") switch { true => "true", false => "false", null => null });
        if ((_read.Text("ASYNC_DB_URL") ?? _read.Text("DB_URL")) is { } database)
        {
            ReadDatabase(database);
        }

        Set(StoreChoice.ConnectionKey, _read.Text("DATABASE_URL"));
    }

    private void ReadToolHive(Func<string, string?> environment)
    {
        Kubernetes = _read.Choice("RUNTIME_MODE", false, ("docker", false), ("k8s", true));
        try
        {
            new ToolHiveClientOptions().ReadEnvironment(environment);
        }
        catch (FormatException e)
        {
            _read.Fault(e.Message);
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
            _read.Fault("DB_URL / ASYNC_DB_URL must be sqlite:///PATH or postgresql://USER@HOST/DATABASE (a driver after a plus sign, as in sqlite+aiosqlite, is understood).");
            return;
        }

        Set("McpOptimizer:Store:DatabasePath", url[(at + 4)..]);
    }

    private void Whole(string name, int least, int most, string key) => Set(key, _read.Whole(name, least, most)?.ToString(CultureInfo.InvariantCulture));

    private void Seconds(string name, double least, double most, string key) => Set(key, _read.Seconds(name, least, most)?.ToString("c", CultureInfo.InvariantCulture));

    private void List(string name, string key)
    {
        foreach ((int i, string item) in _read.List(name, ',').Index())
        {
            Set($"{key}:{i}", item);
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
