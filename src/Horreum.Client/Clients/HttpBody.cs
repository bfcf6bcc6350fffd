using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Horreum.Client.Clients;

/// <summary>A request body that can be sent more than once.</summary>
internal sealed class HttpBody
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");
    private static readonly MediaTypeHeaderValue TextType = new("text/plain", "utf-8");
    private readonly byte[] _bytes;
    private readonly MediaTypeHeaderValue _type;

    private HttpBody(byte[] bytes, MediaTypeHeaderValue type)
    {
        _bytes = bytes;
        _type = type;
    }

    public static HttpBody Json<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new HttpBody(JsonSerializer.SerializeToUtf8Bytes(value, type), JsonType);
    }

    public static HttpBody Text(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new HttpBody(System.Text.Encoding.UTF8.GetBytes(value), TextType);
    }

    public HttpContent ToContent() => new ByteArrayContent(_bytes) { Headers = { ContentType = _type } };
}
