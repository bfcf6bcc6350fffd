using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Ingestion.Look;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Ingestion;

public sealed class UntakenTests
{
    [Fact]
    public async Task WaitForRoomAsync_TwoBatchesWait_UntilOneIsTaken()
    {
        Untaken untaken = new();
        IDisposable first = untaken.Count(WorkloadInbox.MostTools);
        await untaken.WaitForRoomAsync();
        IDisposable second = untaken.Count(WorkloadInbox.MostTools);
        Task[] waiting = [.. Enumerable.Range(0, 3).Select(_ => untaken.WaitForRoomAsync())];
        waiting.Should().OnlyContain(room => !room.IsCompleted);

        first.Dispose();
        first.Dispose();

        await Task.WhenAll(waiting).WaitAsync(Eventually.Patience);
        second.Dispose();
        await untaken.WaitForRoomAsync();
    }

    [Fact]
    public async Task WaitForRoomAsync_AServerIsRemoved_ItsWaitEnds()
    {
        Untaken untaken = new();
        using IDisposable all = untaken.Count(2 * WorkloadInbox.MostTools);
        using CancellationTokenSource cancel = new();
        Task room = untaken.WaitForRoomAsync(cancel.Token);

        await cancel.CancelAsync();

        await room.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }
}
