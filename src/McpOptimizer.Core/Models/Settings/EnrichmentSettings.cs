using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>
/// What asking a language model about tools may cost. Has an effect only in hosts that call <c>AddToolEnrichment</c> and bring an
/// <c>IChatClient</c>; what the answers weigh is <see cref="SearchSettings.EnrichmentWeight"/>.
/// </summary>
public sealed class EnrichmentSettings
{
    /// <summary>
    /// The model that is asked for. It is part of the identity of what is stored: another model is asked about every tool anew, within the same bounds.
    /// </summary>
    /// <value>Null: the client's default.</value>
    public string? Model { get; set; }

    /// <summary>How many requests the model is asked to word for each tool.</summary>
    /// <value>4; 1 to 10.</value>
    [Range(1, 10)]
    public int RequestsPerTool { get; set; } = 4;

    /// <summary>Most tools that are asked about after one change of the catalogue; the others wait for the next look, a minute later.</summary>
    /// <value>200; 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int MaxToolsPerRun { get; set; } = 200;

    /// <summary>Most calls of the model in any minute.</summary>
    /// <value>20; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MaxCallsPerMinute { get; set; } = 20;

    /// <summary>Most calls of the model in any 24 hours, counted over restarts; those that failed count too.</summary>
    /// <value>1,000; 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int MaxCallsPerDay { get; set; } = 1_000;

    /// <summary>
    /// Most tokens of prompts and answers in any 24 hours, counted over restarts: as the client reports them, else estimated. The call that reaches it is the last.
    /// </summary>
    /// <value>1,000,000; 1,000 to 1,000,000,000.</value>
    [Range(1_000, 1_000_000_000)]
    public int MaxTokensPerDay { get; set; } = 1_000_000;

    /// <summary>Most characters of a definition that are sent; longer descriptions are cut.</summary>
    /// <value>4,000; 200 to 100,000.</value>
    [Range(200, 100_000)]
    public int MaxPromptCharacters { get; set; } = 4_000;

    /// <summary>Most tokens that the model is allowed for an answer.</summary>
    /// <value>400; 50 to 10,000.</value>
    [Range(50, 10_000)]
    public int MaxAnswerTokens { get; set; } = 400;

    /// <summary>Most characters of an answer; a longer one is discarded unread.</summary>
    /// <value>4,000; 200 to 100,000.</value>
    [Range(200, 100_000)]
    public int MaxAnswerCharacters { get; set; } = 4_000;

    /// <summary>How many calls of the model are under way at once.</summary>
    /// <value>2; 1 to 32.</value>
    [Range(1, 32)]
    public int MaxConcurrentCalls { get; set; } = 2;

    /// <summary>How long one call may take.</summary>
    /// <value>30 seconds; 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
