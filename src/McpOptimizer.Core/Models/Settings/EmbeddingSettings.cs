using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>How meaning is compared.</summary>
/// <remarks>
/// A generator that the host registers stands beside the built-in encoder. What is null here is chosen by the generator's model id, where that is known, and
/// else is a safe default; what is set counts for whichever generator the host has.
/// </remarks>
public sealed class EmbeddingSettings
{
    /// <summary>Where vectors come from.</summary>
    /// <value><see cref="EmbeddingProvider.Default"/>.</value>
    public EmbeddingProvider Provider { get; set; }

    /// <summary>Share of the built-in vector in the similarity, beside a generator of the host. A change embeds nothing again.</summary>
    /// <value>Null: 0.3; else 0.05 to 0.95.</value>
    [Range(0.05, 0.95)]
    public double? BuiltInShare { get; set; }

    /// <summary>Weight of meaning while the host's generator answers; <see cref="SearchSettings.SemanticWeight"/> is that of the built-in vector alone.</summary>
    /// <value>Null: by the model, else as for the built-in vector; else 0.01 to 2.</value>
    [Range(0.01, 2.0)]
    public double? SemanticWeight { get; set; }

    /// <summary>Put before every request, as some models want it ("query: ").</summary>
    /// <value>Null: by the model, else nothing.</value>
    public string? QueryPrefix { get; set; }

    /// <summary>Put before every text of a tool ("passage: "). A change does not embed again what is stored.</summary>
    /// <value>Null: by the model, else nothing.</value>
    public string? DocumentPrefix { get; set; }

    /// <summary>Most vectors of requests that are kept in memory, so that a request that comes again is not embedded again.</summary>
    /// <value>1,000; 0 to 100,000.</value>
    [Range(0, 100_000)]
    public int QueryCacheSize { get; set; } = 1_000;

    /// <summary>Most runs of the host's generator at once, for requests and for tools each; more requests wait, and too many waiting go without it.</summary>
    /// <value>2; 1 to 64.</value>
    [Range(1, 64)]
    public int MaxConcurrentRuns { get; set; } = 2;

    /// <summary>
    /// How long ingestion waits for the host's generator, in milliseconds, before it publishes tools with their built-in vectors. The rest is embedded in the
    /// background.
    /// </summary>
    /// <value>250; 1 to 60,000.</value>
    [Range(1, 60_000)]
    public int IngestionPatienceMilliseconds { get; set; } = 250;

    /// <summary>The scale of confidence for the host's generator.</summary>
    /// <value>Null: by the model; for an unknown one the built-in vectors tell how sure a search is.</value>
    public ConfidenceConstants? Confidence { get; set; }
}
