using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// By which the answer to a listing is known again before it is read: a hash of its bytes without the id of the request, which alone differs from one
/// answer to the next. A server with a hundred tools says 130 kB at every look, and nearly always the same.
/// </summary>
/// <param name="known">The mark of an answer that was read before; null for none.</param>
/// <param name="about">What else the listing depends on.</param>
internal sealed class ListingMark(string? known, params string?[] about)
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>The id of the request that lists.</summary>
    public RequestId Request { get; set; }

    /// <summary>The mark of the answer; null until it came, and when it has none.</summary>
    public string? Value { get; private set; }

    /// <summary>Whether the answer is the one that is known.</summary>
    public bool IsKnown => Value is not null && Value == known;

    /// <summary>Looks at a message.</summary>
    /// <returns>An empty answer to be read in its place when it is the known one; null otherwise.</returns>
    public byte[]? Take(ReadOnlySpan<byte> message)
    {
        if (!TryFindId(message, out int start, out int length, out long id) || Request.Id is not long own || id != own)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? part in about)
        {
            hash.AppendData(BitConverter.GetBytes(part?.Length ?? -1));
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
        }

        hash.AppendData(BitConverter.GetBytes(start));
        hash.AppendData(message[..start]);
        hash.AppendData(message[(start + length)..]);
        Value = Convert.ToHexStringLower(hash.GetHashAndReset());
        return IsKnown ? Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{}}""")) : null;
    }

    private static bool TryFindId(ReadOnlySpan<byte> message, out int start, out int length, out long id)
    {
        (start, length, id) = (0, 0, 0);
        Utf8JsonReader reader = new(message, Reading);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    (start, length) = ((int)reader.TokenStartIndex, reader.ValueSpan.Length);
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out id);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whoever reads the message says what is wrong with it.
        }

        return false;
    }
}
