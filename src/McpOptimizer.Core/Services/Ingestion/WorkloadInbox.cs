using System.Collections.Concurrent;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion.Look;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Takes answers over as they come: whatever came in while the last batch was written makes the next one. No waiting, few transactions.</summary>
internal sealed partial class WorkloadInbox(WorkloadIntake intake, IOptions<McpOptimizerOptions> options, ILogger<WorkloadInbox> logger) : IDisposable
{
    // A transaction is written to the log before it reaches the file: this bounds the log, however large the servers are.
    internal const int MostTools = 2_000;

    private readonly ConcurrentQueue<Letter> _letters = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Takes one answer over.</summary>
    /// <returns>What it changed; nothing when it was not wanted any more.</returns>
    public async Task<IngestionReport> TakeAsync(WorkloadInput input, CancellationToken cancellationToken = default)
    {
        Letter letter = new(input);
        _letters.Enqueue(letter);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (!letter.Report.Task.IsCompleted)
            {
                await WriteBatchAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await letter.Report.Task.ConfigureAwait(false);
    }

    public void Dispose() => _turn.Dispose();

    private async Task WriteBatchAsync(CancellationToken cancellationToken)
    {
        List<Letter> batch = [];
        int tools = 0;
        while (batch.Count < options.Value.Ingestion.WriteBatchSize && tools < MostTools && _letters.TryDequeue(out Letter? letter))
        {
            batch.Add(letter);
            tools += letter.Input.Tools?.Count ?? 0;
        }

        try
        {
            IReadOnlyList<IngestionReport> reports = await intake.TakeInAsync([.. batch.Select(letter => letter.Input)], cancellationToken).ConfigureAwait(false);
            foreach ((Letter letter, IngestionReport report) in batch.Zip(reports))
            {
                letter.Report.SetResult(report);
            }

            Tell(batch, reports);
        }
#pragma warning disable CA1031 // Each of those who wait gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batch.ForEach(letter => letter.Report.TrySetException(e));
        }
    }

    private void Tell(List<Letter> batch, IReadOnlyList<IngestionReport> reports)
    {
        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        string[] changed = [.. batch.Zip(reports).Where(pair => pair.Second.Changed > 0).Select(pair => $"{pair.First.Input.Workload.Name} ({pair.First.Input.Tools?.Count ?? 0} tools)")];
        if (changed.Length > 0)
        {
            string names = VisibleText.Escape(string.Join(", ", changed.Take(5)));
            LogTaken(changed.Length, names, changed.Length > 5 ? ", …" : "");
        }
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Took in {Count} servers: {Names}{More}.")]
    private partial void LogTaken(int count, string names, string more);

    private sealed record Letter(WorkloadInput Input)
    {
        public TaskCompletionSource<IngestionReport> Report { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
