using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coder.Recorder;

/// <summary>Copies the calls of a recorded step.</summary>
internal sealed class RecordingHandler(Recording recording) : DelegatingHandler
{
    /// <summary>The answer's headers that say something; rate limits, dates and what belongs to the connection change from call to call.</summary>
    private static readonly string[] Kept = ["X-Coder-Build-Version", "Content-Type"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (recording.Step is not { } step)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        JsonNode? body = await ReadAsync(request.Content, cancellationToken);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Dictionary<string, string> headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        Uri address = request.RequestUri!;
        recording.Add(new RecordedCall(
            step, request.Method.Method, address.AbsolutePath, Query(address), body, (int)response.StatusCode, headers, await ReadAsync(
                response.Content, cancellationToken)));
        return response;
    }

    private static async Task<JsonNode?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content?.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) != true)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Query(Uri address) => address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "");
}
