using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Clients.Wire;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>
/// The servers of one file of an MCP client: Claude, VS Code, Cursor, Windsurf, Cline, Gemini CLI, Codex (TOML), opencode or Zed. Looked at again when the file changes;
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
        return new WorkloadListing
        {
            Workloads = [.. file.Entries.Select(Describe)],
            IsComplete = true,
            EmptyIsCertain = true,
            Problems = [.. file.Remarks, .. file.Entries.SelectMany(entry => entry.Remarks.Select(remark => $"The server '{VisibleText.Shorten(entry.Name)}': {remark}"))],
        };
    }

    /// <inheritdoc />
    public IChangeToken? Watch() => _watch.Watch();

    /// <inheritdoc />
    public void Dispose() => _watch.Dispose();

    private WorkloadDescriptor Describe(ServersFileEntry entry)
    {
        VariableExpansion variables = new(_path, Environment.GetEnvironmentVariable);
        BackendEndpoint? endpoint = null;
        string? fault = entry.Fault ?? FindFault(entry) ?? Read(entry, variables, out endpoint) ?? variables.Fault;
        bool remote = endpoint?.Url is not null;
        return new WorkloadDescriptor
        {
            Name = entry.Name,
            Endpoint = fault is null ? endpoint : null,
            Identifier = endpoint is null ? null : remote ? endpoint.Url!.OriginalString : $"stdio:{Path.GetFileName(endpoint.Command)}:{entry.Name}",
            Remote = remote,
            // Switched off comes first: its owner knows, and need not mend what he does not use.
            Status = entry.Disabled ? ServerStatus.Stopped : fault is not null ? ServerStatus.Error : ServerStatus.Running,
            StatusReason = entry.Disabled ? "switched off in the servers file" : fault,
            Group = entry.Group,
            Description = entry.Description,
        };
    }

    private static string? FindFault(ServersFileEntry entry)
    {
        if (entry.Command is null == entry.Url is null)
        {
            return entry.Command is null
                ? "The entry has neither \"command\" (to start a program) nor \"url\" (to reach a server)."
                : "The entry has both \"command\" and \"url\"; give one of them.";
        }

        return TryTransport(entry, out _)
            ? OAuthFault(entry)
            : $"The transport '{VisibleText.Shorten(entry.Type ?? "")}' {(Transport(entry.Type) is null ? "is not known" : "does not go with " + (entry.Command is null ? "\"url\"" : "\"command\""))}; "
                + "use stdio or local with \"command\", and http, streamable-http, remote or sse with \"url\".";
    }

    private static string? Read(ServersFileEntry entry, VariableExpansion variables, out BackendEndpoint? endpoint)
    {
        endpoint = null;
        Uri? url = null;
        if (entry.Url is not null && (!Uri.TryCreate(variables.Apply(entry.Url), UriKind.Absolute, out url) || url.Scheme is not ("http" or "https")))
        {
            return $"The address '{ShownAddress.Of(entry.Url)}' is not an absolute http or https address.";
        }

        Dictionary<string, string> headers = [];
        foreach ((string name, string value) in entry.Headers)
        {
            if (TransportHeaders.Contains(name))
            {
                entry.Remarks.Add($"the header '{name}' belongs to the transport and is ignored.");
                continue;
            }

            headers[name] = variables.Apply(value).Trim();
            if (TransportHeaders.Fault(name, headers[name]) is { } fault)
            {
                return fault;
            }
        }

        if (ReadEnvironment(entry, variables, out Dictionary<string, string> environment) is { } problem)
        {
            return problem;
        }

        _ = TryTransport(entry, out TransportKind transport);
        endpoint = new BackendEndpoint
        {
            ServerName = entry.Name,
            Transport = transport,
            Url = url,
            Headers = headers,
            Command = entry.Command is null ? null : variables.Apply(entry.Command),
            Arguments = [.. entry.Arguments.Select(variables.Apply)],
            Environment = environment,
            WorkingDirectory = entry.WorkingDirectory is null ? null : variables.ApplyPath(entry.WorkingDirectory),
            Timeout = entry.Timeout,
            Tools = entry.OnlyTools is null && entry.WithoutTools.Count == 0 ? null : new ToolRestriction { Only = entry.OnlyTools, Without = entry.WithoutTools },
            ForwardCallerCredentials = entry.ForwardCallerCredentials,
            ForwardOptimizerToken = entry.ForwardOptimizerToken,
            OAuth = entry.OAuth is not { } oauth ? null : new BackendOAuth
            {
                ClientId = oauth.ClientId is null ? null : variables.Apply(oauth.ClientId),
                ClientSecret = oauth.ClientSecret is null ? null : variables.Apply(oauth.ClientSecret),
                ClientMetadataUrl = oauth.ClientMetadataUrl is null ? null : new Uri(oauth.ClientMetadataUrl),
                Scopes = oauth.Scopes!,
                RedirectPort = oauth.RedirectPort,
            },
        };
        return null;
    }

    // The entry's own variables win over those of its file.
    private static string? ReadEnvironment(ServersFileEntry entry, VariableExpansion variables, out Dictionary<string, string> environment)
    {
        environment = [];
        if (entry.EnvironmentFile is { } file)
        {
            try
            {
                foreach ((string name, string value) in EnvironmentFile.Read(variables.ApplyPath(file)))
                {
                    environment[name] = value;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                return $"The \"envFile\" '{VisibleText.Shorten(file)}' cannot be read: {e.Message}";
            }
        }

        foreach ((string name, string value) in entry.Environment)
        {
            environment[name] = variables.Apply(value);
        }

        return environment.Keys.FirstOrDefault(name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)) is { } wrong
            ? $"The environment variable '{VisibleText.Shorten(wrong)}' has no name that a process can have."
            : environment.FirstOrDefault(pair => pair.Value.Contains('\0', StringComparison.Ordinal)) is { Key: { } name0 } ? $"The environment variable '{name0}' has a NUL in its value." : null;
    }

    private static string? OAuthFault(ServersFileEntry entry) => entry.OAuth switch
    {
        null => null,
        _ when entry.Url is null => "\"oauth\" is for servers with a \"url\".",
        _ when entry.ForwardCallerCredentials || entry.ForwardOptimizerToken => "\"oauth\" and the forwarding of callers' credentials exclude each other.",
        { ClientId: null, ClientSecret: not null } => "\"oauth\" has a \"clientSecret\" without a \"clientId\".",
        { ClientMetadataUrl: { } document } when !Uri.TryCreate(document, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttps =>
            $"\"clientMetadataUrl\" is '{VisibleText.Shorten(ShownAddress.Of(document))}'; it must be an https address.",
        _ => null,
    };

    private static bool TryTransport(ServersFileEntry entry, out TransportKind transport)
    {
        TransportKind? said = Transport(entry.Type);
        transport = said ?? (entry.Command is not null ? TransportKind.Stdio : TransportKind.Unknown);
        return (said is not null || entry.Type is null) && (transport == TransportKind.Stdio) == (entry.Command is not null);
    }

    // "remote" says that it is reached by address, not how: both ways are tried.
    private static TransportKind? Transport(string? word) => word?.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "stdio" or "local" => TransportKind.Stdio,
        "http" or "streamablehttp" or "streaminghttp" or "httpstream" or "streamable" => TransportKind.StreamableHttp,
        "sse" => TransportKind.Sse,
        "remote" => TransportKind.Unknown,
        _ => null,
    };
}
