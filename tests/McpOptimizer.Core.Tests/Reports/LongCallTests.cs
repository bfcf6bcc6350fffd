using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Tests.Backends;
using Microsoft.Extensions.Time.Testing;

namespace McpOptimizer.Core.Tests.Reports;

/// <summary>Tools that take long and say that they are at it.</summary>
public sealed class LongCallTests
{
    [Fact]
    public void CallTimeout_Default_FitsRealTools() => new BackendSettings().CallTimeout.Should().Be(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task CallWithProgress_GoesOn_AlthoughNobodyListens()
    {
        await using BackendFixture fixture = new(options => options.Backends.CallTimeout = TimeSpan.FromSeconds(3));
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        await ConnectAsync(fixture, endpoint);

        BackendCallResult result = await fixture.Backends.CallAsync(endpoint, "long", """{"steps":16,"ms":250}""");

        result.Text().Should().Be("done", "4 s of work with a sign every quarter of a second");
    }

    [Fact]
    public async Task CallWithProgressForEver_EndsAtTheTotal_AndNamesIt()
    {
        await using BackendFixture fixture = new(options =>
        {
            options.Backends.CallTimeout = TimeSpan.FromSeconds(2);
            options.Backends.MaxCallDuration = TimeSpan.FromSeconds(4);
        });
        BackendEndpoint endpoint = BackendFixture.Stdio("s");
        await ConnectAsync(fixture, endpoint);

        BackendException late = (await FluentActions.Awaiting(() => fixture.Backends.CallAsync(endpoint, "long", """{"steps":100000,"ms":50}""")).Should().ThrowAsync<BackendException>()).Which;

        late.Failure.Should().Be(BackendFailure.TimedOut);
        late.Message.Should().Contain("within 4 s (Backends.MaxCallDuration)");
    }

    [Fact]
    public void Clock_ProgressPausesAndTotal_AddUp()
    {
        FakeTimeProvider time = new();
        using OperationClock clock = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25), time, CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(9));
        clock.Prolong();
        time.Advance(TimeSpan.FromSeconds(9));
        clock.Pause();
        time.Advance(TimeSpan.FromHours(1));
        clock.Prolong();
        clock.Resume();
        clock.IsTimeUp.Should().BeFalse();
        clock.Left.Should().Be(TimeSpan.FromSeconds(7), "18 of 25 seconds are spent");
        time.Advance(TimeSpan.FromSeconds(6));
        clock.Prolong();
        clock.IsTimeUp.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        clock.IsTimeUp.Should().BeTrue();
        clock.IsTotalUsed.Should().BeTrue();
    }

    // The start takes its own time on a busy machine.
    private static async Task ConnectAsync(BackendFixture fixture, BackendEndpoint endpoint)
    {
        for (int i = 0; i < 30 && fixture.Backends.Status is not [{ State: BackendState.Connected }]; i++)
        {
            try
            {
                await fixture.Backends.ListToolsAsync(endpoint);
            }
            catch (BackendException)
            {
                // It goes on starting.
            }
        }
    }
}
