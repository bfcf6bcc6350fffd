using System.Diagnostics;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.PostgreSql.Tests.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Benchmarks.Replicas;

/// <summary>Somebody who decides again and again on one tool, from a process beside the replicas, and looks when the decision holds on all of them.</summary>
internal sealed class Operator : IAsyncDisposable
{
    private const string Me = "soak";

    private readonly ReplicaSet _replicas;
    private readonly string _server;
    private readonly string _tool;
    private readonly ServiceProvider _services;

    public Operator(ReplicaSet replicas, string server, string tool)
    {
        (_replicas, _server, _tool) = (replicas, server, tool);
        ServiceCollection services = new();
        services.AddLogging();
        services.AddMcpOptimizer();
        services.AddPostgreSqlStore(replicas.ConnectionString!, options => options.ReplicaName = "operator");
        _services = services.BuildServiceProvider();
    }

    /// <summary>Decisions that were acknowledged.</summary>
    public int Decisions { get; private set; }

    /// <summary>How long each took to hold everywhere, in milliseconds.</summary>
    public List<double> Delays { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ITrustService trust = _services.GetRequiredService<ITrustService>();
        try
        {
            for (bool approves = false; ; approves = !approves)
            {
                TrustDecision decision = approves
                    ? new TrustDecision { ReviewId = (await trust.ReviewAsync($"{_server}/{_tool}", cancellationToken: cancellationToken)).Id, By = Me }
                    : new TrustDecision { Target = $"{_server}/{_tool}", By = Me };
                _ = approves ? await trust.ApproveAsync(decision, CancellationToken.None) : await trust.RejectAsync(decision, CancellationToken.None);
                Decisions++;
                long decided = Stopwatch.GetTimestamp();
                while (!await HoldsAsync(approves))
                {
                    await Task.Delay(10, cancellationToken);
                }

                Delays.Add(Stopwatch.GetElapsedTime(decided).TotalMilliseconds);
                await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    /// <summary>How many decisions the log holds.</summary>
    public async Task<long> CountAsync()
    {
        await using NpgsqlConnection connection = new(_replicas.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new($"SELECT count(*) FROM trust_log WHERE decided_by = '{Me}'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // A replica that is killed at the moment is asked when it is back.
    private async Task<bool> HoldsAsync(bool isVisible)
    {
        foreach (ServerProcess replica in _replicas.Replicas.ToArray())
        {
            try
            {
                if ((await replica.ToolsAsync()).Contains($"{_server}/{_tool}") != isVisible)
                {
                    return false;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                return false;
            }
        }

        return true;
    }
}
