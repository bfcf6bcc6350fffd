using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.BuiltIn;

/// <summary>
/// The servers that come with this program, so that there is something to find before anything is configured. They are this program itself, started with
/// <c>built-in NAME</c>, and change nothing.
/// </summary>
internal sealed class BuiltInServers : IWorkloadSource
{
    /// <summary>What this workspace is doing.</summary>
    public const string Workspace = "workspace";

    /// <summary>Small things that models are bad at.</summary>
    public const string Toolbox = "toolbox";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [Workspace] = "What this workspace is doing: git branch and commit, pull request, task.",
        [Toolbox] = "Exact answers to small questions: times and time zones, dates, checksums, encodings, numbers, texts.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    public string Name => "built-in";

    public Task<WorkloadListing> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(new WorkloadListing
    {
        Workloads = [.. Known.Select(server => Describe(server.Key, server.Value))],
        IsComplete = true,
    });

    private static WorkloadDescriptor Describe(string name, string description) => new()
    {
        Name = name,
        Description = description,
        Status = ServerStatus.Running,
        Identifier = "built-in:" + name,
        Endpoint = new BackendEndpoint
        {
            ServerName = name,
            Transport = TransportKind.Stdio,
            Command = OwnProgram.File,
            Arguments = [.. OwnProgram.Arguments, BuiltInCommand.Name, name],
        },
    };
}
