using Microsoft.Extensions.Options;

namespace ToolHive.Client.Resilience;

/// <summary>Delays between attempts: doubling up to a limit, the upper half random so that callers spread.</summary>
internal sealed class Backoff(IOptions<ToolHiveClientOptions> options)
{
    private readonly TimeSpan _initial = options.Value.InitialBackoff;
    private readonly TimeSpan _longest = options.Value.MaxBackoff;

    /// <summary>Delay after so many failures in a row, counted from one.</summary>
    public TimeSpan After(int failures) => After(failures, _initial, _longest);

    /// <summary>The same with own limits.</summary>
    public static TimeSpan After(int failures, TimeSpan initial, TimeSpan longest)
    {
        double full = Math.Min(longest.TotalMilliseconds, initial.TotalMilliseconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)));
        return TimeSpan.FromMilliseconds((full / 2) + (Random.Shared.NextDouble() * full / 2));
    }
}
