using Shared.Testing;

namespace Shared.Tests;

public sealed class PausesClockTests
{
    [Fact]
    public async Task Pump_ClockMovesWhileAPauseBegins_LetsThePausePassAllTheSame()
    {
        HastyClock clock = new() { IsAboutToMove = true };

        Task paused = Task.Delay(TimeSpan.FromMinutes(1), clock);

        await clock.PumpAsync(paused).WaitAsync(TimeSpan.FromSeconds(30));
    }

    // As another thread does that moves the clock between the note of a pause and the start of its timer.
    private sealed class HastyClock : PausesClock
    {
        public bool IsAboutToMove { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            DateTimeOffset now = base.GetUtcNow();
            if (IsAboutToMove)
            {
                IsAboutToMove = false;
                Advance(TimeSpan.FromSeconds(1));
            }

            return now;
        }
    }
}
