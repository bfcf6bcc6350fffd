using System.Runtime.CompilerServices;

namespace McpOptimizer.Core.Tests.Backends;

/// <summary>Waits for a condition; says which one never came.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task IsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") => IsAsync(() => Task.FromResult(condition()), text);

    public static async Task IsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        using CancellationTokenSource patience = new(Patience);
        while (!await condition())
        {
            patience.IsCancellationRequested.Should().BeFalse($"this should come true: {text}");
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
