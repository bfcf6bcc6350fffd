using System.Diagnostics;

namespace Hosting.Tests;

/// <summary>Waits for a condition that another thread brings about.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await condition())
        {
            watch.Elapsed.Should().BeLessThan(TestHost.Patience, what);
            await Task.Delay(10);
        }
    }
}
