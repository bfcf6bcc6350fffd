using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Coder.Client.Clients.Wire;
using Microsoft.Extensions.Options;

namespace Coder.Client.Clients;

internal sealed class AgentApiClient(HttpClient http, IOptions<CoderClientOptions> options, TimeProvider clock) : IAgentApiClient
{
    private readonly AppHttp _http = new(http, options.Value, clock);

    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<AgentApiStatus> GetStatusAsync(Uri app, CancellationToken cancellationToken = default) =>
        _http.SendAsync(HttpMethod.Get, Under(app, "status"), null, Json.AgentApiStatus, cancellationToken);

    public async Task<IReadOnlyList<AgentApiMessage>> GetMessagesAsync(Uri app, CancellationToken cancellationToken = default)
    {
        AgentApiMessages answer = await _http.SendAsync(
            HttpMethod.Get, Under(app, "messages"), null, Json.AgentApiMessages, cancellationToken).ConfigureAwait(false);
        return answer.Messages;
    }

    public Task SendMessageAsync(Uri app, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return PostAsync(app, text, "user", cancellationToken);
    }

    public Task SendKeysAsync(Uri app, string keys, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(keys);
        return PostAsync(app, keys, "raw", cancellationToken);
    }

    public async Task<AgentApiUpload> UploadAsync(Uri app, Stream content, string fileName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        using MultipartFormDataContent form = [];
        using StreamContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", fileName);
        AgentApiUpload upload = await _http.SendAsync(
            HttpMethod.Post, Under(app, "upload"), form, Json.AgentApiUpload, cancellationToken).ConfigureAwait(false);
        return upload.Ok == false ? throw Refused(app, "upload") : upload;
    }

    public async IAsyncEnumerable<AgentApiEvent> ReadEventsAsync(Uri app, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await _http.OpenAsync(Under(app, "events"), cancellationToken).ConfigureAwait(false);
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        IAsyncEnumerator<SseItem<string>> items = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable _ = items.ConfigureAwait(false);
        while (await MoveAsync(items, app).ConfigureAwait(false))
        {
            if (Read(items.Current) is { } known)
            {
                yield return known;
            }
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> items, Uri app)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new WorkspaceAppException($"GET {app.AbsolutePath}: the stream of events broke off.", null, e);
        }
    }

    private static AgentApiEvent? Read(SseItem<string> item)
    {
        try
        {
            return item.EventType switch
            {
                "message_update" => JsonSerializer.Deserialize(item.Data, Json.AgentApiMessageUpdate),
                "status_change" => JsonSerializer.Deserialize(item.Data, Json.AgentApiStatusChange),
                "agent_error" => JsonSerializer.Deserialize(item.Data, Json.AgentApiFault),
                _ => null,
            };
        }
        catch (JsonException)
        {
            // One event that cannot be read must not end the stream.
            return null;
        }
    }

    private async Task PostAsync(Uri app, string content, string type, CancellationToken cancellationToken)
    {
        JsonContent body = JsonContent.Create(new AgentApiMessageRequest(content, type), Json.AgentApiMessageRequest);
        AgentApiAck answer = await _http.SendAsync(
            HttpMethod.Post, Under(app, "message"), body, Json.AgentApiAck, cancellationToken).ConfigureAwait(false);
        if (answer.Ok == false)
        {
            throw Refused(app, "message");
        }
    }

    private static WorkspaceAppException Refused(Uri app, string path) =>
        new($"POST {Under(app, path).AbsolutePath}: the agent answered that it did not take it (ok: false).", HttpStatusCode.OK);

    private static Uri Under(Uri app, string path)
    {
        ArgumentNullException.ThrowIfNull(app);
        return new Uri($"{app.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
    }
}
