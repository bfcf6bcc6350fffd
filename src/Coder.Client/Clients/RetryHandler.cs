using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Coder.Client.Clients;

/// <summary>Repeats a GET that failed for a passing reason, with jitter, and waits as long as the server asks.</summary>
internal sealed partial class RetryHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly ILogger<RetryHandler> _logger;

    public RetryHandler(IOptions<CoderClientOptions> options, TimeProvider clock, ILogger<RetryHandler> logger)
    {
        _logger = logger;
        CoderClientOptions settings = options.Value;
        ResiliencePipelineBuilder<HttpResponseMessage> builder = new() { TimeProvider = clock };
        if (settings.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = settings.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = settings.MaxRetryDelay,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsPassing(attempt.Outcome) && !(Asked(attempt.Outcome, clock) > settings.MaxRetryDelay)),
                DelayGenerator = attempt => ValueTask.FromResult(Asked(attempt.Outcome, clock)),
                OnRetry = attempt =>
                {
                    Repeating(
                        _logger,
                        attempt.AttemptNumber + 1,
                        attempt.Outcome.Result is { } answer ? (int)answer.StatusCode : 0,
                        attempt.RetryDelay.TotalMilliseconds);
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return await _pipeline
            .ExecuteAsync(async token => await base.SendAsync(request, token).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException } => true,
        { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway } => true,
        { Result.StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, TimeProvider clock) =>
        outcome.Result is { } response ? RetryDelay.Read(response, clock) : null;

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Coder answered {Status} (0: no answer); attempt {Attempt} follows in {DelayMs:F0} ms.")]
    private static partial void Repeating(ILogger logger, int attempt, int status, double delayMs);
}
