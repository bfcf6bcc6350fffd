namespace Coder.Client.Services;

/// <summary>Pauses between looks at something that is waited for: they grow, and differ a little, so that many waits do not fall in step.</summary>
internal sealed class PollSchedule(FleetOptions options, TimeProvider clock)
{
    private TimeSpan _next = options.PollInterval;

    /// <summary>Waits for the next look, but not beyond the deadline.</summary>
    public Task PauseAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        TimeSpan left = deadline - clock.GetUtcNow();
        TimeSpan pause = _next * (0.9 + (0.2 * Random.Shared.NextDouble()));
        _next = _next * 2 < options.MaxPollInterval ? _next * 2 : options.MaxPollInterval;
        pause = pause < left ? pause : left;
        return Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, clock, cancellationToken);
    }
}
