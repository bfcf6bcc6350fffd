using System.Text.Json;
using Hosting;
using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Usage;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/overview</c>: how everything stands. Errors, sources and counts of everybody's work are for administrators.</summary>
internal static class OverviewApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/overview",
        Summary = "Servers with state, tools and tokens; to administrators also their errors, the sources, and what was searched and called since the start.",
        Parameters = [ApiParameter.Profile],
        Answer = ApiJson.Default.OverviewAnswer,
        Handle = AnswerAsync,
    };

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        IngestionStatus ingestion = request.Service<IngestionStatus>();
        UsageLog usage = request.Service<UsageLog>();
        McpHostOptions host = request.Service<McpHostOptions>();
        IReadOnlyList<ServerStanding> servers = await request.Service<IServerStandingService>().ListAsync(request.Caller, request.Aborted);
        Dictionary<string, ServerUsageAnswer> used = request.IsAdmin ? usage.Servers : [];
        return new OverviewAnswer
        {
            Server = host.Name,
            Version = host.Version,
            Now = request.Service<TimeProvider>().GetUtcNow(),
            StartedAt = usage.Since,
            IsReady = ingestion.IsReady,
            IsLooking = !ingestion.IsFirstIngestionDone || servers.Any(server => server.IsStarting),
            ProcessId = request.IsAdmin ? Environment.ProcessId : null,
            Database = request.IsAdmin ? DatabaseOf(request) : null,
            Tools = servers.Sum(server => server.Tools),
            Tokens = servers.Sum(server => server.Tokens),
            Servers = [.. servers.Select(server => Describe(server, used.GetValueOrDefault(server.Name)))],
            Sources = request.IsAdmin ? [.. ingestion.Sources.Select(Describe)] : null,
            Faults = request.IsAdmin ? [.. ingestion.Faults.Select(fault => new FaultAnswer(fault.Part.ToString().ToLowerInvariant(), fault.Message, fault.Since))] : null,
            Usage = request.IsAdmin ? usage.Totals : null,
        };
    }

    // A database that is no file has no path.
    private static string? DatabaseOf(ApiRequest request)
    {
        IConfiguration configuration = request.Service<IConfiguration>();
        bool isFile = string.IsNullOrWhiteSpace(configuration[StoreChoice.ConnectionKey]) && string.IsNullOrWhiteSpace(configuration[StoreChoice.ConnectionKey + "File"]);
        return isFile ? Path.GetFullPath(request.Service<IOptions<McpOptimizerOptions>>().Value.Store.DatabasePath) : null;
    }

    private static SourceAnswer Describe(SourceStatus source) => new()
    {
        Name = ShownAddress.Of(source.Name),
        Servers = source.Servers,
        LastSuccess = source.LastSuccess,
        LastError = source.LastError,
        FailingSince = source.FailingSince,
    };

    private static ServerAnswer Describe(ServerStanding server, ServerUsageAnswer? usage) => new()
    {
        Name = server.Name,
        Group = server.Group,
        State = StateOf(server),
        Reason = server.Reason,
        Transport = server.Transport switch
        {
            TransportKind.StreamableHttp => "streamable-http",
            null or TransportKind.Unknown => null,
            { } kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()),
        },
        Tools = server.Tools,
        Tokens = server.Tokens,
        WithheldTools = server.WithheldTools,
        Connection = server.Backend is { } backend ? JsonNamingPolicy.SnakeCaseLower.ConvertName(backend.State.ToString()) : null,
        LastError = server.Backend?.LastError,
        FailingSince = server.Backend?.FailingSince,
        NextRetry = server.Backend?.TriedAgainAt,
        ProcessId = server.Backend?.ProcessId,
        ProtocolVersion = server.Backend?.ProtocolVersion,
        Usage = usage,
    };

    // One word for what somebody has to know first.
    private static string StateOf(ServerStanding server) => server switch
    {
        { IsStarting: true } => "starting",
        { Backend.State: BackendState.Broken } => "broken",
        { Backend.LastError: not null } => "failing",
        { Status: ServerStatus.Running } => "running",
        { Status: ServerStatus.Stopped } => "stopped",
        { Status: ServerStatus.Error } => "error",
        _ => "unknown",
    };
}
