using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Clients.Wire;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>
/// The servers of one file in the <c>mcpServers</c> format that MCP clients use. Looked at again when the file changes;
/// a file that became unreadable changes nothing until it is mended.
/// </summary>
public sealed class ServersFileWorkloadSource : IWorkloadSource, IDisposable
{
    private readonly string _path;
    private readonly FileWatch _watch;

    /// <summary>Creates the source for one file, which need not exist yet.</summary>
    /// <param name="path">Path of the file; relative to the current directory.</param>
    public ServersFileWorkloadSource(string path)
        : this(path, TimeProvider.System)
    {
    }

    internal ServersFileWorkloadSource(string path, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _watch = new FileWatch(_path, clock);
        Name = "file:" + _path;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    /// <exception cref="SourceFileException">The file cannot be read or is not valid; the message has line and column.</exception>
    public async Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default)
    {
        ServersFile file = await ServersFileReader.ReadAsync(_path, cancellationToken).ConfigureAwait(false);
        Dictionary<string, ServersFileEntry?> entries = file.McpServers ?? file.Servers ?? [];
        return new WorkloadListing
        {
            Workloads = [.. entries.Select(entry => Describe(entry.Key, entry.Value ?? new ServersFileEntry()))],
            IsComplete = true,
            EmptyIsCertain = true,
        };
    }

    /// <inheritdoc />
    public IChangeToken? Watch() => _watch.Watch();

    /// <inheritdoc />
    public void Dispose() => _watch.Dispose();

    private WorkloadDescriptor Describe(string name, ServersFileEntry entry)
    {
        VariableExpansion variables = new(Path.GetDirectoryName(_path)!, Environment.GetEnvironmentVariable);
        string? fault = Read(name, entry, variables, out BackendEndpoint? endpoint);
        if (fault is null && variables.Missing.Count > 0)
        {
            fault = $"The environment variable{(variables.Missing.Count > 1 ? "s" : "")} {string.Join(", ", variables.Missing)} used by this entry {(variables.Missing.Count > 1 ? "are" : "is")} not set.";
        }

        bool remote = endpoint?.Url is not null;
        return new WorkloadDescriptor
        {
            Name = name,
            Endpoint = fault is null ? endpoint : null,
            Identifier = endpoint is null ? null : remote ? endpoint.Url!.OriginalString : $"stdio:{Path.GetFileName(endpoint.Command)}:{name}",
            Remote = remote,
            Status = fault is not null ? ServerStatus.Error : entry.Disabled ? ServerStatus.Stopped : ServerStatus.Running,
            StatusReason = fault ?? (entry.Disabled ? "disabled in the servers file" : null),
            Group = entry.Group,
            Description = entry.Description,
        };
    }

    private static string? Read(string name, ServersFileEntry entry, VariableExpansion variables, out BackendEndpoint? endpoint)
    {
        endpoint = null;
        if (entry.Command is null == entry.Url is null)
        {
            return entry.Command is null
                ? "The entry has neither \"command\" (to start a program) nor \"url\" (to reach a server)."
                : "The entry has both \"command\" and \"url\"; give one of them.";
        }

        if (!TryTransport(entry, out TransportKind transport))
        {
            return $"The transport '{entry.Type ?? entry.Transport}' is not known; use stdio, http, streamable-http or sse.";
        }

        Uri? url = null;
        if (entry.Url is not null && (!Uri.TryCreate(variables.Apply(entry.Url), UriKind.Absolute, out url) || url.Scheme is not ("http" or "https")))
        {
            return $"The address '{entry.Url}' is not an absolute http or https address.";
        }

        if (OAuthFault(entry) is { } fault)
        {
            return fault;
        }

        endpoint = new BackendEndpoint
        {
            ServerName = name,
            Transport = transport,
            Url = url,
            Headers = Expand(entry.Headers, variables),
            Command = entry.Command is null ? null : variables.Apply(entry.Command),
            Arguments = [.. (entry.Args ?? []).Select(variables.Apply)],
            Environment = Expand(entry.Env, variables),
            WorkingDirectory = entry.WorkingDirectory is null ? null : variables.Apply(entry.WorkingDirectory),
            Timeout = entry.Timeout is > 0 and < 3_600_000 ? TimeSpan.FromMilliseconds(entry.Timeout.Value) : null,
            ForwardCallerCredentials = entry.ForwardCallerCredentials,
            ForwardOptimizerToken = entry.ForwardOptimizerToken,
            OAuth = entry.OAuth is not { } oauth ? null : new BackendOAuth
            {
                ClientId = oauth.ClientId is null ? null : variables.Apply(oauth.ClientId),
                ClientSecret = oauth.ClientSecret is null ? null : variables.Apply(oauth.ClientSecret),
                Scopes = oauth.Scopes!,
                RedirectPort = oauth.RedirectPort,
            },
        };
        return null;
    }

    private static string? OAuthFault(ServersFileEntry entry) => entry.OAuth switch
    {
        null => null,
        _ when entry.Url is null => "\"oauth\" is for servers with a \"url\".",
        _ when entry.ForwardCallerCredentials || entry.ForwardOptimizerToken => "\"oauth\" and the forwarding of callers' credentials exclude each other.",
        { ClientId: null, ClientSecret: not null } => "\"oauth\" has a \"clientSecret\" without a \"clientId\".",
        { RedirectPort: < 1 or > 65535 } oauth => $"\"redirectPort\" is {oauth.RedirectPort}; allowed is 1 to 65535.",
        _ => null,
    };

    private static bool TryTransport(ServersFileEntry entry, out TransportKind transport)
    {
        string? word = (entry.Type ?? entry.Transport)?.ToLowerInvariant();
        transport = word switch
        {
            "stdio" => TransportKind.Stdio,
            "http" or "streamable-http" or "streamablehttp" or "streamable_http" => TransportKind.StreamableHttp,
            "sse" => TransportKind.Sse,
            _ => entry.Command is not null ? TransportKind.Stdio : TransportKind.Unknown,
        };
        bool known = word is null || transport != TransportKind.Unknown;
        return known && (transport == TransportKind.Stdio) == (entry.Command is not null);
    }

    private static Dictionary<string, string> Expand(Dictionary<string, string>? values, VariableExpansion variables) =>
        (values ?? []).ToDictionary(pair => pair.Key, pair => variables.Apply(pair.Value));
}
