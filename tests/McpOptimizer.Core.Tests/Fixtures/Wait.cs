namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>Waits for something that happens in the background.</summary>
public static class Wait
{
    /// <summary>Looks again and again until the condition holds; fails after half a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
