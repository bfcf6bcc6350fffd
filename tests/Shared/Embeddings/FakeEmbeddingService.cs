using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shared.ToolHive;

namespace Shared.Embeddings;

/// <summary>
/// A TEI and OpenAI-compatible embedding service on 127.0.0.1. A vector tells its text: the first number is the text's length, so that a test sees order
/// and model at a glance.
/// </summary>
public sealed class FakeEmbeddingService : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    public FakeEmbeddingService()
    {
        _server = new LoopbackServer(Map);
    }

    /// <summary>What arrived.</summary>
    public RequestJournal Journal => _server.Journal;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults => _server.Faults;

    /// <summary>Root of the TEI service; the OpenAI-compatible one is below <c>/v1</c>.</summary>
    public Uri Address => new($"http://127.0.0.1:{_server.Port}");

    /// <summary>Model the service has now.</summary>
    public string Model { get; set; } = "acme/small";

    /// <summary>Revision that <c>/info</c> tells.</summary>
    public string Revision { get; set; } = "0123456789abcdef0123";

    /// <summary>Length of the vectors.</summary>
    public int Width { get; set; } = 8;

    /// <summary>Most texts in one request; more are answered with 413.</summary>
    public int MaxBatch { get; set; } = 1000;

    /// <summary>Limit that <c>/info</c> tells; null for the true one.</summary>
    public int? AdvertisedMaxBatch { get; set; }

    /// <summary>Answers the vectors of an OpenAI-compatible request in reverse order.</summary>
    public bool Shuffled { get; set; }

    /// <summary>Vectors left out of every answer.</summary>
    public int Missing { get; set; }

    /// <summary>Token that requests must carry; null for none.</summary>
    public string? Key { get; set; }

    public Task StartAsync() => _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapGet("/info", context => WriteAsync(context, new JsonObject
        {
            ["model_id"] = Model,
            ["model_sha"] = Revision,
            ["max_client_batch_size"] = AdvertisedMaxBatch ?? MaxBatch,
            ["something_new"] = new JsonArray(1, 2),
        }));
        app.MapPost("/embed", context => AnswerAsync(context, "inputs", texts => new JsonArray([.. texts.Select(Vector)])));
        app.MapPost("/v1/embeddings", context => AnswerAsync(context, "input", texts =>
        {
            IEnumerable<JsonNode> entries = texts.Select((text, i) =>
                (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = Vector(text) });
            return new JsonObject { ["object"] = "list", ["model"] = Model, ["data"] = new JsonArray([.. Shuffled ? entries.Reverse() : entries]) };
        }));
    }

    private JsonArray Vector(string text) => new([.. Enumerable.Range(0, Width).Select(i => (JsonNode)(i == 0 ? text.Length : 1f / (i + 1)))]);

    private async Task AnswerAsync(HttpContext context, string member, Func<IEnumerable<string>, JsonNode> answer)
    {
        if (Key is not null && context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync($"bad key {context.Request.Headers.Authorization}");
            return;
        }

        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
        string[] texts = [.. body[member]!.AsArray().Select(text => text!.GetValue<string>())];
        if (texts.Length > MaxBatch)
        {
            context.Response.StatusCode = 413;
            await context.Response.WriteAsync($"batch size {texts.Length} > maximum {MaxBatch}");
            return;
        }

        await WriteAsync(context, answer(texts.Take(texts.Length - Missing)));
    }

    private static Task WriteAsync(HttpContext context, JsonNode body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(JsonSerializerOptions.Web));
    }
}
