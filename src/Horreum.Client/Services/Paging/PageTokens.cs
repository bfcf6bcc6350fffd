using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Horreum.Client.Models;
using Microsoft.Extensions.Options;

namespace Horreum.Client.Services.Paging;

/// <summary>Makes and checks page tokens: opaque, signed, bound to their query. A token that was changed, or made elsewhere, is refused.</summary>
internal sealed class PageTokens
{
    private const int SignatureBytes = 16;
    private const int LongestToken = 8192;
    private const string Expected = "the nextPageToken of an earlier answer to the same request";
    private readonly byte[] _key;

    public PageTokens(IOptions<HorreumContractOptions> options)
    {
        _key = options.Value.PageTokenKey is { } text ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : RandomNumberGenerator.GetBytes(32);
    }

    /// <summary>A short hash of texts in order; null and empty count the same.</summary>
    public static string Hash(params ReadOnlySpan<string?> parts)
    {
        StringBuilder text = new();
        foreach (string? part in parts)
        {
            text.Append(part?.Length ?? 0).Append(':').Append(part).Append('|');
        }

        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 9));
    }

    public string Write(PageToken token)
    {
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(token, PagingJsonContext.Default.PageToken);
        byte[] signed = [.. Sign(payload), .. payload];
        return Base64Url.EncodeToString(signed);
    }

    /// <summary>The token behind a text; null when there is none.</summary>
    /// <param name="text">What the caller sent.</param>
    /// <param name="query">Hash of the request's filters.</param>
    /// <param name="times">Hash of the request's time texts; null when it has none.</param>
    /// <exception cref="HorreumContractException">The text is not a token of this query.</exception>
    public PageToken? Read(string? text, string query, string? times = null)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        PageToken token = Decode(text) ?? throw Refuse("it was not made by this server, was changed, or is older than the server");
        if (token.Query != query)
        {
            throw Refuse("it belongs to another tool or to other filters");
        }

        return times is null || token.Times == times ? token : throw Refuse("it belongs to another time range; leave from and to out, or repeat them as they were");
    }

    private PageToken? Decode(string text)
    {
        if (text.Length > LongestToken || !Base64Url.IsValid(text))
        {
            return null;
        }

        byte[] signed = Base64Url.DecodeFromChars(text);
        if (signed.Length <= SignatureBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> payload = signed.AsSpan(SignatureBytes);
        return CryptographicOperations.FixedTimeEquals(signed.AsSpan(0, SignatureBytes), Sign(payload))
            ? JsonSerializer.Deserialize(payload, PagingJsonContext.Default.PageToken)
            : null;
    }

    private byte[] Sign(ReadOnlySpan<byte> payload) => HMACSHA256.HashData(_key, payload)[..SignatureBytes];

    private static HorreumContractException Refuse(string reason) => new(new ContractError(ErrorCode.InvalidRequest, $"pageToken cannot be used: {reason}.")
    {
        Details = new Dictionary<string, string> { ["parameter"] = "pageToken", ["expected"] = Expected },
    });
}
