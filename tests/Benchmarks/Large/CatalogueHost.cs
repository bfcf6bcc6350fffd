using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmarks.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Large;

/// <summary>Any number of MCP servers at the paths of one address, with a hundred synthetic tools each or those that somebody gives, made when they are first asked for.</summary>
internal sealed class CatalogueHost : IAsyncDisposable
{
    private const int MethodNotFound = -32601;

    private readonly ConcurrentDictionary<int, string> _listings = new();
    private readonly Func<int, IEnumerable<ReadOnlyMemory<byte>>> _definitions;
    private readonly WebApplication _app;
    private int _changed = -1;

    private CatalogueHost(WebApplication app, Func<int, IEnumerable<ReadOnlyMemory<byte>>> definitions)
    {
        _app = app;
        _definitions = definitions;
    }

    /// <summary>Number of the server that lists one more tool than before; −1 for none.</summary>
    public int Changed
    {
        get => Volatile.Read(ref _changed);
        set => Volatile.Write(ref _changed, value);
    }

    /// <summary>Starts it on a free port.</summary>
    /// <param name="definitions">The tools of a server by its number; null for synthetic ones.</param>
    public static async Task<CatalogueHost> StartAsync(Func<int, IEnumerable<ReadOnlyMemory<byte>>>? definitions = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        SyntheticCatalogue catalogue = new(dimension: 4);
        CatalogueHost host = new(app, definitions ?? (server => catalogue.Server(server).Tools.Select(tool => tool.DefinitionJson)));
        app.MapPost("/{server:int}", host.AnswerAsync);
        app.MapMethods("/{server:int}", ["GET", "DELETE"], () => Results.StatusCode(StatusCodes.Status405MethodNotAllowed));
        await app.StartAsync();
        return host;
    }

    /// <summary>Name of a server.</summary>
    public static string NameOf(int server) => $"server{server:00000}";

    /// <summary>What the name of the additional tool begins with.</summary>
    public static string NameOfAddition(int server) => $"polish_antique_barometer_{server}";

    /// <summary>The servers file that lists them.</summary>
    public string ServersFile(int servers) => JsonSerializer.Serialize(new
    {
        mcpServers = Enumerable.Range(0, servers).ToDictionary(NameOf, server => new { url = $"{_app.Urls.First()}/{server}" }),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(int server, HttpContext context)
    {
        JsonNode request = (await JsonNode.ParseAsync(context.Request.Body))!;
        if (request["id"] is not { } id)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        string answer = request["method"]!.GetValue<string>() switch
        {
            "initialize" => $$$"""
                "result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"{{{NameOf(server)}}}","version":"1"}}
                """,
            "tools/list" => $$"""
                "result":{"tools":[{{Tools(server)}}]}
                """,
            "ping" => "\"result\":{}",
            string other => $$"""
                "error":{"code":{{MethodNotFound}},"message":"{{other}} is not known here"}
                """,
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"jsonrpc\":\"2.0\",\"id\":" + id.ToJsonString() + "," + answer.Trim() + "}");
    }

    // What it costs to make a listing is not what is measured.
    private string Tools(int server)
    {
        string listing = _listings.GetOrAdd(server, _ => string.Join(',', _definitions(server).Select(definition => Encoding.UTF8.GetString(definition.Span))));
        return server != Changed
            ? listing
            : listing + $$$""",{"name":"{{{NameOfAddition(server)}}}","description":"Polishes an antique barometer, number {{{server}}}.","inputSchema":{"type":"object"}}""";
    }
}
