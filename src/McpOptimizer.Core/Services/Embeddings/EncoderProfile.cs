using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>How a generator is used beside the built-in encoder.</summary>
public sealed record EncoderProfile
{
    private const string Retrieval = "Represent this sentence for searching relevant passages: ";

    // By a piece of the model id, the longest piece first where two fit. Prefixes are those of the models' own descriptions.
    private static readonly (string Piece, EncoderProfile Profile)[] Known =
    [
        ("all-minilm-l6-v2", new EncoderProfile { SemanticGain = 0.8 / 0.55, KnowsEnglishOnly = true }),
        ("multilingual-e5", new EncoderProfile { QueryPrefix = "query: ", DocumentPrefix = "passage: " }),
        ("nomic-embed-text", new EncoderProfile { QueryPrefix = "search_query: ", DocumentPrefix = "search_document: " }),
        ("snowflake-arctic-embed-xs", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("snowflake-arctic-embed-s", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("snowflake-arctic-embed-m", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("bge-small-en", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("bge-base-en", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("bge-large-en", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("mxbai-embed-large", new EncoderProfile { QueryPrefix = Retrieval, KnowsEnglishOnly = true }),
        ("e5-small", new EncoderProfile { QueryPrefix = "query: ", DocumentPrefix = "passage: ", KnowsEnglishOnly = true }),
        ("e5-base", new EncoderProfile { QueryPrefix = "query: ", DocumentPrefix = "passage: ", KnowsEnglishOnly = true }),
        ("e5-large", new EncoderProfile { QueryPrefix = "query: ", DocumentPrefix = "passage: ", KnowsEnglishOnly = true }),
    ];

    /// <summary>Share of the built-in vector in the similarity.</summary>
    /// <value>0.3.</value>
    public double BuiltInShare { get; init; } = 0.3;

    /// <summary>What <see cref="SearchSettings.SemanticWeight"/> is multiplied with while the generator answers.</summary>
    /// <value>1.</value>
    public double SemanticGain { get; init; } = 1;

    /// <summary>Put before every request.</summary>
    /// <value>Empty.</value>
    public string QueryPrefix { get; init; } = "";

    /// <summary>Put before every text of a tool.</summary>
    /// <value>Empty.</value>
    public string DocumentPrefix { get; init; } = "";

    /// <summary>Whether requests in other languages are searched by words alone.</summary>
    /// <value>False.</value>
    public bool KnowsEnglishOnly { get; init; }

    /// <summary>The scale of confidence, fitted with this generator; null leaves confidence to the built-in vectors.</summary>
    /// <value>Null.</value>
    public ConfidenceConstants? Confidence { get; init; }

    /// <summary>The profile of a model: a known one by its id, a safe default for any other.</summary>
    /// <param name="model">The generator's model id; null when it has none.</param>
    public static EncoderProfile Of(string? model)
    {
        foreach ((string piece, EncoderProfile profile) in Known)
        {
            if (model?.Contains(piece, StringComparison.OrdinalIgnoreCase) == true)
            {
                return profile;
            }
        }

        return new EncoderProfile();
    }

    /// <summary>The profile of a model with what the host has set.</summary>
    /// <param name="model">The generator's model id; null when it has none.</param>
    /// <param name="settings">What is null there is left to the profile.</param>
    /// <param name="semanticWeight">The weight of the built-in vector alone.</param>
    internal static EncoderProfile Of(string? model, EmbeddingSettings settings, double semanticWeight)
    {
        EncoderProfile known = Of(model);
        return known with
        {
            BuiltInShare = settings.BuiltInShare ?? known.BuiltInShare,
            SemanticGain = settings.SemanticWeight is { } weight && semanticWeight > 0 ? weight / semanticWeight : known.SemanticGain,
            QueryPrefix = settings.QueryPrefix ?? known.QueryPrefix,
            DocumentPrefix = settings.DocumentPrefix ?? known.DocumentPrefix,
            Confidence = settings.Confidence is { } fitted && fitted.Model == model ? fitted : known.Confidence,
        };
    }
}
