using Microsoft.Extensions.Options;

namespace McpOptimizer.Core;

/// <summary>Names every fault of the embedding service's settings in one message.</summary>
internal sealed class HttpEmbeddingOptionsValidator : IValidateOptions<HttpEmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpEmbeddingOptions options)
    {
        List<string> faults = [];
        void Check(bool legal, string fault)
        {
            if (!legal)
            {
                faults.Add(fault);
            }
        }

        Check(
            options.Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" },
            $"Endpoint is '{options.Endpoint}'; give an absolute http or https address.");
        Check(
            string.IsNullOrEmpty(options.Endpoint is { IsAbsoluteUri: true } uri ? uri.UserInfo : null),
            "Endpoint holds a user or password; use the environment variable of ApiKeyVariable.");
        Check(Enum.IsDefined(options.Protocol), $"Protocol is {options.Protocol}; legal are {string.Join(", ", Enum.GetNames<HttpEmbeddingProtocol>())}.");
        Check(
            options.EffectiveProtocol != HttpEmbeddingProtocol.OpenAi || !string.IsNullOrWhiteSpace(options.Model),
            "Model is empty; an OpenAI-compatible service needs its name.");
        Check(options.Dimensions is null or (>= 8 and <= 16_384), $"Dimensions is {options.Dimensions}; allowed is 8 to 16384, or none.");
        Check(!string.IsNullOrWhiteSpace(options.ApiKeyVariable), "ApiKeyVariable is empty; name an environment variable.");
        Check(options.BatchSize is >= 1 and <= 2_048, $"BatchSize is {options.BatchSize}; allowed is 1 to 2048.");
        Check(options.MaxConcurrency is >= 1 and <= 16, $"MaxConcurrency is {options.MaxConcurrency}; allowed is 1 to 16.");
        Check(options.MaxRetries is >= 0 and <= 10, $"MaxRetries is {options.MaxRetries}; allowed is 0 to 10.");
        CheckTime(options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.Timeout), faults);
        CheckTime(options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.RetryDelay), faults);
        CheckTime(options.ModelCheckInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.ModelCheckInterval), faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail("Embedding service: " + string.Join(" ", faults));
    }

    private static void CheckTime(TimeSpan value, TimeSpan min, TimeSpan max, string setting, List<string> faults)
    {
        if (value < min || value > max)
        {
            faults.Add($"{setting} is {value}; allowed is {min} to {max}.");
        }
    }
}
