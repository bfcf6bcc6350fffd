using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Coder;

/// <summary>
/// Replays recorded fixtures: a call gets the answer that was recorded for its method, path and query; calls that were recorded more than once get
/// their answers in the order of the files, the last one for ever. A call that was not recorded is 501.
/// </summary>
public sealed class FixtureServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, Queue<JsonNode>> _answers = [];

    private FixtureServer(WebApplication app, string folder)
    {
        _app = app;
        foreach (string file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            JsonNode mapping = JsonNode.Parse(File.ReadAllText(file))!;
            string key = Key(mapping["Request"]!);
            if (!_answers.TryGetValue(key, out Queue<JsonNode>? answers))
            {
                _answers[key] = answers = new Queue<JsonNode>();
            }

            answers.Enqueue(mapping["Response"]!);
        }
    }

    public Uri Address { get; private set; } = new("http://localhost");

    public static async Task<FixtureServer> StartAsync(string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FixtureServer server = new(app, folder);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Urls.First());
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        string query = string.Join('&', context.Request.Query.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        JsonNode? answer = Take($"{context.Request.Method} {context.Request.Path}?{query}");
        context.Response.StatusCode = (int?)answer?["StatusCode"] ?? 501;
        foreach ((string name, JsonNode? value) in answer?["Headers"]?.AsObject() ?? [])
        {
            context.Response.Headers[name] = (string?)value;
        }

        if (answer?["BodyAsJson"] is { } body)
        {
            await context.Response.WriteAsync(body.ToJsonString());
        }
    }

    private JsonNode? Take(string key)
    {
        lock (_answers)
        {
            if (!_answers.TryGetValue(key, out Queue<JsonNode>? answers))
            {
                return null;
            }

            return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }

    private static string Key(JsonNode request)
    {
        IEnumerable<string> query = (request["Params"]?.AsArray() ?? [])
            .OrderBy(one => (string)one!["Name"]!, StringComparer.Ordinal)
            .Select(one => $"{one!["Name"]}={one["Matchers"]![0]!["Pattern"]}");
        return $"{request["Methods"]![0]} {request["Path"]!["Matchers"]![0]!["Pattern"]}?{string.Join('&', query)}";
    }
}
