using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>Calls the LLM: one attempt, within its time, no redirects, and answers of a bounded size.</summary>
internal sealed class LlmClient(LlmSettings settings, TimeProvider time) : IDisposable
{
    private const int LargestAnswer = 4 * 1024 * 1024;
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(60);

    // A redirect could carry the key to another host.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    public ILlmDialect Dialect { get; } = LlmDialects.For(settings);

    /// <summary>Asks for the next turn.</summary>
    /// <exception cref="LlmException">There is no usable answer.</exception>
    public async Task<LlmReply> AskAsync(string system, IReadOnlyList<JsonNode> turns, IReadOnlyList<LlmTool> tools, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(settings.CallTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, Dialect.Address);
            request.Content = new StringContent(Dialect.Body(system, turns, tools).ToJsonString(), Encoding.UTF8, "application/json");
            Dialect.Authorize(request);
            using HttpResponseMessage response = await _http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusal(response);
            }

            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return Dialect.Read(JsonNode.Parse(body) ?? throw new JsonException("null"));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LlmException(504, $"The LLM did not answer within {settings.CallTimeout.TotalSeconds:0.###} s (LLM_TIMEOUT).");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new LlmException(502, "The LLM's answer is too large.");
        }
        catch (HttpRequestException e)
        {
            throw new LlmException(503, $"The LLM cannot be reached, or the connection broke ({e.HttpRequestError}).");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new LlmException(502, "The LLM answered with something that is not the JSON it should be.");
        }
    }

    public void Dispose() => _http.Dispose();

    private LlmException Refusal(HttpResponseMessage response)
    {
        int upstream = (int)response.StatusCode;
        TimeSpan? wait = RetryAfter.Read(response, time);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new LlmException(500, "The LLM does not accept the key: check LLM_API_KEY.", upstream),
            HttpStatusCode.NotFound => new LlmException(500, "The LLM does not know the model or the address: check LLM_MODEL and the base address.", upstream),
            HttpStatusCode.TooManyRequests => new LlmException(429, "The LLM has too many requests.", upstream, wait ?? UsualWait),
            HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => new LlmException(504, "The LLM took too long.", upstream, wait),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or (HttpStatusCode)529 => new LlmException(503, "The LLM is not available.", upstream, wait),
            _ => new LlmException(500, "The LLM refused or failed on the request.", upstream),
        };
    }
}
