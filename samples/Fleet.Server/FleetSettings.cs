using Coder.Client;
using Coder.Client.Models;
using Hosting;
using Hosting.Configuration;

namespace Fleet.Server;

/// <summary>The settings of the fleet server, read from the environment and checked as a whole.</summary>
/// <remarks>A class and not a record: a record's <c>ToString()</c> would print the tokens.</remarks>
public sealed class FleetSettings
{
    private const double ShortestSeconds = 0.001;
    private const double LongestSeconds = 3600;

    private readonly VariableReader _reader;

    private FleetSettings(VariableReader reader, bool stdio)
    {
        _reader = reader;
        CoderUrl = reader.Required("CODER_URL", "the address of the Coder deployment, for example https://coder.example.com");
        SessionToken = reader.Required("CODER_SESSION_TOKEN", "a session or API token of Coder");
        if (CoderUrl is not null && !(Uri.TryCreate(CoderUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
        {
            reader.Fault("CODER_URL", ShownAddress.Of(CoderUrl), "an absolute http or https address");
        }

        if (SessionToken?.Any(c => c is <= ' ' or > '~' or ';' or ',') == true)
        {
            reader.Fault("CODER_SESSION_TOKEN has characters that no token has");
        }

        Urls =
        [
            .. (reader.Text("FLEET_MCP_URLS") ?? "http://127.0.0.1:8000").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
        LogLevel = reader.Choice(
            "LOG_LEVEL",
            LogLevel.Information,
            ("TRACE", LogLevel.Trace),
            ("DEBUG", LogLevel.Debug),
            ("INFO", LogLevel.Information),
            ("WARNING", LogLevel.Warning),
            ("ERROR", LogLevel.Error),
            ("CRITICAL", LogLevel.Critical));
        Timeout = reader.Seconds("FLEET_MCP_HTTP_TIMEOUT_SECONDS", ShortestSeconds, LongestSeconds);
        Retries = reader.Whole("FLEET_MCP_HTTP_RETRIES", 0, 10);
        WildcardHost = reader.Text("CODER_WILDCARD_HOST");
        if (WildcardHost is not null && !WildcardHost.StartsWith('*'))
        {
            reader.Fault("CODER_WILDCARD_HOST", WildcardHost, "a host pattern that begins with '*', for example *.apps.example.com");
        }

        Owner = reader.Text("FLEET_MCP_OWNER");
        if (Owner is not null && Owner != "*" && !Owner.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            reader.Fault("FLEET_MCP_OWNER", Owner, "a user name, 'me', or '*' for all");
        }

        Interrupt = reader.Choice("FLEET_MCP_INTERRUPT", InterruptKey.Escape, ("esc", InterruptKey.Escape), ("ctrl-c", InterruptKey.ControlC));
        MetadataTimeout = reader.Seconds("FLEET_MCP_METADATA_TIMEOUT_SECONDS", ShortestSeconds, LongestSeconds);
        MetadataBudget = reader.Seconds("FLEET_MCP_METADATA_BUDGET_SECONDS", ShortestSeconds, LongestSeconds);
        MetadataParallelism = reader.Whole("FLEET_MCP_METADATA_PARALLELISM", 1, 1000);
        Parallelism = reader.Whole("FLEET_MCP_PARALLELISM", 1, 64);
        RequireSystemPrompt = reader.Flag("FLEET_MCP_REQUIRE_SYSTEM_PROMPT") == true;

        // Standard input and output belong to whoever started the process, so there is nothing to guard.
        if (reader.Flag("FLEET_MCP_AUTH_ENABLED") == true && !stdio)
        {
            (BearerToken, TokenFile) = AuthTokenStore.Resolve(reader);
        }
    }

    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<string> Urls { get; }

    /// <summary>The token that clients must show; null when the server is open.</summary>
    public string? BearerToken { get; }

    /// <summary>The file that holds the token; null when the server is open.</summary>
    public string? TokenFile { get; }

    /// <summary>Least important messages to log.</summary>
    public LogLevel LogLevel { get; }

    private string? CoderUrl { get; }

    private string? SessionToken { get; }

    private TimeSpan? Timeout { get; }

    private int? Retries { get; }

    private string? WildcardHost { get; }

    private string? Owner { get; }

    private InterruptKey Interrupt { get; }

    private TimeSpan? MetadataTimeout { get; }

    private TimeSpan? MetadataBudget { get; }

    private int? MetadataParallelism { get; }

    private int? Parallelism { get; }

    private bool RequireSystemPrompt { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="environment">What the process was given.</param>
    /// <param name="stdio">Whether the server talks over standard input and output, where there is nothing to guard.</param>
    /// <param name="file">What the file of variables holds; the process's environment wins. It cannot lead the process's token to another host.</param>
    /// <exception cref="McpHostConfigurationException">Something is missing or wrong; the message names every fault and no secret.</exception>
    public static FleetSettings Read(IReadOnlyDictionary<string, string> environment, bool stdio = false, IReadOnlyDictionary<string, string>? file = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        VariableReader reader = new(name => Value(environment, name) ?? Value(file, name));
        FleetSettings settings = new(reader, stdio);
        CheckOrigins(reader, name => Value(environment, name) is null && Value(file, name) is not null);
        return reader.Faults.Count == 0 ? settings : throw new McpHostConfigurationException(string.Join("; ", reader.Faults) + ".");
    }

    /// <summary>Hands the settings to the client.</summary>
    public void Apply(CoderClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.BaseAddress = new Uri(CoderUrl!);
        options.SessionToken = SessionToken;
        options.RequestTimeout = Timeout ?? options.RequestTimeout;
        options.MaxRetries = Retries ?? options.MaxRetries;
        options.WildcardHost = WildcardHost;
    }

    /// <summary>Hands the settings to the fleet.</summary>
    public void Apply(FleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Owner = Owner ?? options.Owner;
        options.WorkspaceQuery = _reader.Text("FLEET_MCP_WORKSPACE_QUERY");
        Fill(options.CodingAppSlugs, "FLEET_MCP_CODING_APPS");
        options.CodingAppDisplayName = _reader.Text("FLEET_MCP_CODING_APP_NAME") ?? options.CodingAppDisplayName;
        Fill(options.MetadataAppSlugs, "FLEET_MCP_METADATA_APPS");
        options.Interrupt = Interrupt;
        options.RequireSystemPrompt = RequireSystemPrompt;
        options.MetadataTimeout = MetadataTimeout ?? options.MetadataTimeout;
        options.MetadataBudget = MetadataBudget ?? options.MetadataBudget;
        options.MetadataParallelism = MetadataParallelism ?? options.MetadataParallelism;
        options.Parallelism = Parallelism ?? options.Parallelism;
    }

    // The session token is sent to the deployment, and as a cookie to the hosts of its applications. Files are copied from elsewhere more easily than
    // environments are.
    private static void CheckOrigins(VariableReader reader, Predicate<string> isFromFile)
    {
        if (isFromFile("CODER_URL") && reader.Text("CODER_SESSION_TOKEN") is not null && !isFromFile("CODER_SESSION_TOKEN"))
        {
            reader.Fault(
                "CODER_URL stands in the file and CODER_SESSION_TOKEN in the environment: a file may not say where the environment's token is sent; "
                + "put both into the one or the other");
        }

        if (isFromFile("CODER_WILDCARD_HOST"))
        {
            reader.Fault(
                "CODER_WILDCARD_HOST stands in the file, but says which hosts are given the session token: set it in the environment, "
                + "or leave it out and the deployment is asked");
        }
    }

    private static string? Value(IReadOnlyDictionary<string, string>? variables, string name) =>
        variables?.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private void Fill(IList<string> slugs, string name)
    {
        foreach (string slug in _reader.List(name, ','))
        {
            slugs.Add(slug);
        }
    }
}
