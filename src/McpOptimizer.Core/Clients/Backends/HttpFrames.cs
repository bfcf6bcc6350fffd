using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Brings messages that came over HTTP into a form that the SDK reads. What it cannot read in any form, and what it need not read a second time, is kept here
/// while an empty one passes it.
/// </summary>
/// <param name="server">Whose messages.</param>
/// <param name="warnings">Told what is odd.</param>
internal sealed class HttpFrames(string server, FrameWarnings warnings)
{
    // For each request under way at most one; a server that invents ids must not fill the memory.
    private const int MostHeld = 256;

    private readonly ConcurrentDictionary<RequestId, JsonNode> _held = new();

    /// <summary>The messages to read in place of the text; null when it is right as it is, or no message at all.</summary>
    /// <param name="text">What came.</param>
    /// <param name="listing">What knows the answer to the request again that the text belongs to; null for none.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Normalize(ReadOnlySpan<byte> text, ListingMark? listing = null)
    {
        ReadOnlySpan<byte> json = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).Trim(" \t\r\n"u8);
        if (json.IsEmpty || json[0] is not ((byte)'{' or (byte)'['))
        {
            return null;
        }

        if (listing?.Take(json) is { } known)
        {
            return [known];
        }

        RpcFrame frame = JsonRpcFrames.TryRead(json, out RpcFrame read) ? read : JsonRpcFrames.OfBroken(json);
        bool isListing = listing is not null && frame.Messages is [JsonRpcResponse response] && response.Id.Equals(listing.Request);
        if (frame.Messages.Count == 0 || (frame.IsPlain && json.Length == text.Length && !isListing))
        {
            return null;
        }

        if (frame.Oddity is { } oddity)
        {
            warnings.Report(server, oddity);
        }

        return [.. frame.Messages.Select(message => Write(message, isListing))];
    }

    /// <summary>Gives a response its result back.</summary>
    public void Restore(JsonRpcResponse response)
    {
        if (_held.TryRemove(response.Id, out JsonNode? result))
        {
            response.Result = result;
        }
    }

    private ReadOnlyMemory<byte> Write(JsonRpcMessage message, bool isListing)
    {
        if (message is not JsonRpcResponse { Result: { } result } response || _held.Count >= MostHeld)
        {
            return JsonRpcFrames.Write(message);
        }

        if (!isListing && JsonRpcFrames.Write(message) is var written && !JsonText.IsDeeperThan(written.Span, JsonRpcFrames.DeepestPlain))
        {
            return written;
        }

        _held[response.Id] = result;
        return JsonRpcFrames.Write(new JsonRpcResponse { Id = response.Id, Result = new JsonObject() });
    }
}
