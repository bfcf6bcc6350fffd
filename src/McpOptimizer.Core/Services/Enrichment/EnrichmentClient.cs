using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Enrichment;

/// <summary>Asks the host's client about one tool, within the bounds of one call.</summary>
/// <param name="client">The host's client.</param>
/// <param name="tokens">Counts where the client does not say.</param>
/// <param name="options">The bounds.</param>
/// <param name="clock">Measures the time-out.</param>
internal sealed class EnrichmentClient(IChatClient client, ITokenCounter tokens, IOptions<McpOptimizerOptions> options, TimeProvider clock)
{
    private const string Unnamed = "default";

    private readonly EnrichmentSettings _settings = options.Value.Enrichment;

    /// <summary>Identity of the model, stored beside each answer.</summary>
    public string Model
    {
        get
        {
            ChatClientMetadata? metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
            string provider = string.IsNullOrEmpty(metadata?.ProviderName) ? "" : metadata.ProviderName + "/";
            string model = _settings.Model ?? metadata?.DefaultModelId ?? "";
            return provider + (model.Length == 0 ? Unnamed : model);
        }
    }

    /// <summary>Asks about one tool.</summary>
    /// <returns>The answer's text, null when there was none; and what the call took, or would take at most when it failed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<(string? Answer, string? Fault, long Tokens)> AskAsync(IndexedTool tool, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> messages = EnrichmentPrompt.Of(tool, _settings);
        long prompt = messages.Sum(message => (long)Count(message.Text));
        using CancellationTokenSource limit = new(_settings.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            ChatOptions asked = new() { ModelId = _settings.Model, MaxOutputTokens = _settings.MaxAnswerTokens, ResponseFormat = ChatResponseFormat.Json };

            // Neither a client that works synchronously nor one that takes no notice of the token holds anything up.
            ChatResponse response = await Task.Run(() => client.GetResponseAsync(messages, asked, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            long used = response.Usage is { } usage ? usage.TotalTokenCount ?? ((usage.InputTokenCount ?? prompt) + (usage.OutputTokenCount ?? Count(response.Text))) : prompt + Count(response.Text);
            return (response.Text, null, Math.Max(0, used));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (null, $"no answer within {_settings.Timeout.TotalSeconds:0} s", prompt + _settings.MaxAnswerTokens);
        }
#pragma warning disable CA1031 // A client is the host's: whatever it throws costs one tool its enrichment.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Not its message: a provider's may hold the prompt or part of a key.
            return (null, $"the client failed with {e.GetType().Name}", prompt + _settings.MaxAnswerTokens);
        }
    }

    private int Count(string text) => tokens.Count(Encoding.UTF8.GetBytes(text));
}
