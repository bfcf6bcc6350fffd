using Polly;
using Polly.Retry;

namespace Common;

/// <summary>
/// How the packages repeat what failed for a passing reason: the waits grow, with jitter, unless the failure asks for one of its own.
/// Linked only where Polly.Core is referenced.
/// </summary>
internal static class RetryPipeline
{
    // The longest that Polly takes.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Builds the pipeline. The last failure is thrown as it is; a caller that cancelled gets <see cref="OperationCanceledException"/> instead of a failure that would be repeated.</summary>
    /// <param name="mostAttempts">Attempts in all; with 1 nothing is repeated.</param>
    /// <param name="firstDelay">About the first wait; each further one is about twice as long.</param>
    /// <param name="longestDelay">Longest of these waits.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="passes">Whether a failure, or an answer that is one, may be gone at the next attempt.</param>
    /// <param name="asked">
    /// The wait that it asks for instead, null for none. It is kept however long it is: who does not wait so long cuts it here, or does not call it passing.
    /// </param>
    /// <param name="repeating">Is told of each repetition before its wait.</param>
    public static ResiliencePipeline Create(
        int mostAttempts,
        TimeSpan firstDelay,
        TimeSpan longestDelay,
        TimeProvider clock,
        Func<RetryPredicateArguments<object>, bool> passes,
        Func<Outcome<object>, TimeSpan?> asked,
        Action<OnRetryArguments<object>> repeating)
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = clock };
        if (mostAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = mostAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = firstDelay < Day ? firstDelay : Day,
                MaxDelay = longestDelay < Day ? longestDelay : Day,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(passes(attempt) && IsWaitedFor(attempt)),
                DelayGenerator = attempt => ValueTask.FromResult(asked(attempt.Outcome)),
                OnRetry = attempt =>
                {
                    repeating(attempt);
                    return ValueTask.CompletedTask;
                },
            });
        }

        return builder.Build();
    }

    // Polly would hand the failure to a caller who cancelled.
    private static bool IsWaitedFor(RetryPredicateArguments<object> attempt)
    {
        if (attempt.Outcome.Exception is not null)
        {
            attempt.Context.CancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }
}
