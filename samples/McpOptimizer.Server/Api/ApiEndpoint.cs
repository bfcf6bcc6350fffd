using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hosting.Http;

namespace McpOptimizer.Server.Api;

/// <summary>One endpoint under <c>/api</c>: what is routed, checked and described.</summary>
internal sealed record ApiEndpoint
{
    /// <summary>GET or POST. POST changes something.</summary>
    public string Method { get; init; } = HttpMethods.Get;

    /// <summary>The path, <c>/api/…</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Its query parameters; any other is refused.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get => field ?? []; init; }

    /// <summary>The JSON of its body; null for none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The JSON of its answer.</summary>
    public required JsonTypeInfo Answer { get; init; }

    /// <summary>The schema of its answer where <see cref="Answer"/> says too little.</summary>
    public Func<JsonObject>? AnswerSchema { get; init; }

    /// <summary>Whether it is for administrators alone.</summary>
    public bool IsForAdmins { get; init; }

    /// <summary>Makes the answer, of the type of <see cref="Answer"/>.</summary>
    public Func<ApiRequest, Task<object>> Handle { get; init; } = _ => throw new NotSupportedException();

    /// <summary>Makes events, the data of each of the type of <see cref="Answer"/>, for as long as the caller listens; null for an endpoint that answers once.</summary>
    public Func<ApiRequest, CancellationToken, IAsyncEnumerable<LiveEvent>>? Stream { get; init; }
}
