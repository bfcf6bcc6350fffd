using Hosting;
using McpOptimizer.Server.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace McpOptimizer.Server.Running;

/// <summary>Writes the mark once the server listens, and takes it away at its end. Without it commands start the servers themselves, so a fault is a line in the log.</summary>
internal sealed partial class RunningService(
    string path, string key, OptimizerSources sources, IServer server, McpHostOptions host, ILogger<RunningService> logger) : IHostedLifecycleService
{
    private RunningMark? _mark;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return Task.CompletedTask;
        }

        RunningMark mark = new(Reachable(address), host.McpPath, key, sources.ServersFile is { } file ? Path.GetFullPath(file) : null, sources.Registry, NeedsToken(host), Environment.ProcessId);
        try
        {
            mark.Write(path);
            _mark = mark;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoMark(path, e.Message);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            _mark?.Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoMark(path, e.Message);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Where people sign in the secret opens to programs of this machine, if it could be made.
    private static bool NeedsToken(McpHostOptions host) => host.Subjects.Count > 0 || (host.Jwt.IsOn && !File.Exists(host.LocalSecretFile));

    // All addresses of a machine, or its loopback names, are reached from the machine itself at the loopback address.
    private static string Reachable(string address)
    {
        UriBuilder uri = new(address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal));
        if (uri.Host is "0.0.0.0" or "[::]")
        {
            uri.Host = "127.0.0.1";
        }

        return uri.Uri.GetLeftPart(UriPartial.Authority);
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "Commands will not find this optimizer: '{Path}' cannot be written: {Reason}")]
    private partial void LogNoMark(string path, string reason);
}
