namespace McpOptimizer.Core;

/// <summary>An embedding service over HTTP that stands beside the built-in encoder; checked when the host starts.</summary>
public sealed class HttpEmbeddingOptions
{
    /// <summary>Address of the service: the root of a TEI server, or the base of an OpenAI-compatible API such as <c>https://api.openai.com/v1</c>.</summary>
    /// <value>Required; http or https.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>How the service is spoken to.</summary>
    /// <value><see cref="HttpEmbeddingProtocol.Auto"/>.</value>
    public HttpEmbeddingProtocol Protocol { get; set; }

    /// <summary>Name of the model. An OpenAI-compatible service needs it; a TEI server tells its own, which must then be equal when this is set.</summary>
    /// <value>Null.</value>
    public string? Model { get; set; }

    /// <summary>Length of the vectors. An OpenAI-compatible service is asked for it; any other length is refused.</summary>
    /// <value>Null: the length of the first answer counts; else 8 to 16,384.</value>
    public int? Dimensions { get; set; }

    /// <summary>Name of the environment variable that holds the bearer token. The token is read per request and sent to <see cref="Endpoint"/> alone.</summary>
    /// <value><c>EMBEDDINGS_API_KEY</c>; an unset variable sends none.</value>
    public string ApiKeyVariable { get; set; } = "EMBEDDINGS_API_KEY";

    /// <summary>Most texts in one request. A TEI server's own limit counts when it is lower.</summary>
    /// <value>32; 1 to 2,048.</value>
    public int BatchSize { get; set; } = 32;

    /// <summary>Most requests under way at once for one call.</summary>
    /// <value>2; 1 to 16.</value>
    public int MaxConcurrency { get; set; } = 2;

    /// <summary>Time for one attempt.</summary>
    /// <value>30 seconds; 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Attempts after the first when the service is busy (408, 429, 500, 502, 503, 504), unreachable or too slow. <c>Retry-After</c> is honoured up
    /// to a minute.
    /// </summary>
    /// <value>3; 0 to 10.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Wait before the first repetition; doubled for each further one, with jitter.</summary>
    /// <value>0.5 seconds; 0 to 1 minute.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often a TEI server is asked again which model it serves, so that a swap is noticed.</summary>
    /// <value>5 minutes; 1 second to 1 day.</value>
    public TimeSpan ModelCheckInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The protocol after <see cref="HttpEmbeddingProtocol.Auto"/> was decided.</summary>
    internal HttpEmbeddingProtocol EffectiveProtocol =>
        Protocol != HttpEmbeddingProtocol.Auto ? Protocol : Model is null ? HttpEmbeddingProtocol.Tei : HttpEmbeddingProtocol.OpenAi;
}
