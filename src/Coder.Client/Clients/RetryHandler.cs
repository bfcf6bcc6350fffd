using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;

namespace Coder.Client.Clients;

/// <summary>Repeats a GET that failed for a passing reason, with jitter, and waits as long as the server asks.</summary>
internal sealed partial class RetryHandler : DelegatingHandler
{
    private readonly ResiliencePipeline _pipeline;

    public RetryHandler(IOptions<CoderClientOptions> options, TimeProvider clock, ILogger<RetryHandler> logger)
    {
        CoderClientOptions settings = options.Value;
        _pipeline = RetryPipeline.Create(
            settings.MaxRetries + 1,
            TimeSpan.FromMilliseconds(200),
            settings.MaxRetryDelay,
            clock,
            attempt => IsPassing(attempt.Outcome) && !(Asked(attempt.Outcome, clock) > settings.MaxRetryDelay),
            outcome => Asked(outcome, clock),
            attempt => Repeating(
                logger,
                attempt.AttemptNumber + 1,
                attempt.Outcome.Result is HttpResponseMessage answer ? (int)answer.StatusCode : 0,
                attempt.RetryDelay.TotalMilliseconds));
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

    private static bool IsPassing(Outcome<object> outcome) => outcome switch
    {
        { Exception: HttpRequestException } => true,
        { Result: HttpResponseMessage { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway } } => true,
        { Result: HttpResponseMessage { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } } => true,
        _ => false,
    };

    private static TimeSpan? Asked(Outcome<object> outcome, TimeProvider clock) =>
        outcome.Result is HttpResponseMessage response ? RetryDelay.Read(response, clock) : null;

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Coder answered {Status} (0: no answer); attempt {Attempt} follows in {DelayMs:F0} ms.")]
    private static partial void Repeating(ILogger logger, int attempt, int status, double delayMs);
}
