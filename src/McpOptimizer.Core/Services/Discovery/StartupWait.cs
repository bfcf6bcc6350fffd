using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Catalogue;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>In the first seconds of a start, waits until there is something to find; for as long as the settings allow.</summary>
internal sealed class StartupWait(ToolIndexes indexes, IngestionStatus status, IOptions<McpOptimizerOptions> options, TimeProvider clock)
{
    /// <summary>Returns at once when the scope shows a tool, or when none is to come.</summary>
    public async Task WaitAsync(VisibilityScope scope, CancellationToken cancellationToken = default)
    {
        if (!MayCome(scope))
        {
            return;
        }

        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs e)
        {
            if (!MayCome(scope))
            {
                came.TrySetResult();
            }
        }

        indexes.Workloads.Changed += Look;
        status.Changed += Look;
        try
        {
            // It may have come before anybody listened.
            Look(null, EventArgs.Empty);
            await came.Task.WaitAsync(options.Value.Ingestion.StartupWait, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The answer says which servers are still starting.
        }
        finally
        {
            indexes.Workloads.Changed -= Look;
            status.Changed -= Look;
        }
    }

    private bool MayCome(VisibilityScope scope) => status.IsPending && indexes.Workloads.Current.VisibleTo(scope).ToolCount == 0;
}
