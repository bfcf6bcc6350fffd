using System.Runtime.CompilerServices;
using FluentAssertions;

namespace Shared.Testing;

/// <summary>Waits for what another thread or process brings about; says what never came.</summary>
public static class Eventually
{
    /// <summary>How long to wait: long enough for a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Looks again and again until the condition holds.</summary>
    public static Task IsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") => IsAsync(() => Task.FromResult(condition()), text);

    /// <summary>Asks again and again until the condition holds.</summary>
    public static async Task IsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        using CancellationTokenSource limit = new(Patience);
        while (!await condition())
        {
            limit.IsCancellationRequested.Should().BeFalse("this should come true: {0}", text);
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
