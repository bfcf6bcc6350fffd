using Hosting.Stdio;
using ModelContextProtocol.Protocol;

namespace Hosting.Tests;

public sealed class PendingCallsTests
{
    [Fact]
    public void WaitAsync_IdUsedAgainBeforeItsAnswerIsNoted_WaitsForBoth()
    {
        PendingCalls calls = new();
        RequestId id = new(7);
        calls.Add(id);
        calls.Add(id);

        calls.Remove(id);
        Task drained = calls.WaitAsync();

        drained.IsCompleted.Should().BeFalse();
        calls.Remove(id);
        calls.Remove(id);
        drained.IsCompleted.Should().BeTrue();
        calls.WaitAsync().IsCompleted.Should().BeTrue();
    }
}
