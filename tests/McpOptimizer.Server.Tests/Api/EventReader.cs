using System.Net.Http.Headers;
using System.Text.Json;

namespace McpOptimizer.Server.Tests.Api;

/// <summary>Listens to <c>/api/events</c>.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new();
    private StreamReader _lines = null!;

    public static async Task<EventReader> OpenAsync(ApiHost host, string token)
    {
        EventReader reader = new();
        reader._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await reader._http.GetAsync(new Uri(host.Address, "/api/events"), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        reader._lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        return reader;
    }

    /// <summary>The kind of the next event, which its data says too.</summary>
    public async Task<string> NextAsync()
    {
        string? kind = null;
        while (await _lines.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                JsonElement.Parse(line["data: ".Length..]).GetProperty("changed").GetString().Should().Be(kind);
                return kind!;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>Reads until an event of that kind, and gives those before it.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string kind)
    {
        List<string> before = [];
        while (await NextAsync() is { } next && next != kind)
        {
            before.Add(next);
        }

        return before;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _http.Dispose();
    }
}
