namespace Integration.Running;

/// <summary>Waits for something that another process does.</summary>
public static class Eventually
{
    /// <summary>Asks again and again until the condition holds; fails after a minute and a half.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(90));
        while (!await condition())
        {
            limit.IsCancellationRequested.Should().BeFalse("{0} was waited for", what);
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
