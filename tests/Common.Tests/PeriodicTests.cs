using Microsoft.Extensions.Time.Testing;

namespace Common.Tests;

public sealed class PeriodicTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task RunAsync_LookThatFails_IsToldOfAndTheNextOneFollows()
    {
        using CancellationTokenSource stopping = new();
        List<string> happened = [];
        Task loop = Periodic.RunAsync(TimeSpan.FromMinutes(1), _clock, Look, fault => happened.Add(fault.Message), stopping.Token);

        happened.Should().BeEmpty("the first look follows after an interval");
        await TickAsync(() => happened.Count == 2);
        await TickAsync(() => happened.Count == 4);
        await stopping.CancelAsync();
        await loop;

        happened.Should().Equal("look", "no luck", "look", "no luck");

        Task Look(CancellationToken cancellationToken)
        {
            happened.Add("look");
            throw new InvalidOperationException("no luck");
        }
    }

    [Fact]
    public async Task TryAsync_Cancelled_ThrowsAndTellsNothing()
    {
        List<Exception> told = [];

        await FluentActions.Awaiting(() => Periodic.TryAsync(Task.FromCanceled, told.Add, new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        told.Should().BeEmpty();
    }

    private async Task TickAsync(Func<bool> condition)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Shared.Testing.Eventually.IsAsync(condition);
    }
}
