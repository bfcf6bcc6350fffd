using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Passes JSON on as it arrives, with members put in front of its own.</summary>
internal static class PayloadCopy
{
    private const int BufferBytes = 32 * 1024;
    private const int DeepestJson = 1024;

    /// <summary>
    /// The payload when it says how long it is and that is not too long. One that does not say is read first, up to one byte more than is allowed: once
    /// the first byte is passed on, there is no way back to an error.
    /// </summary>
    /// <exception cref="HorreumResponseTooLargeException">It is longer than allowed.</exception>
    /// <exception cref="JsonException">What was read is not JSON.</exception>
    public static async Task<JsonPayload> BoundAsync(JsonPayload payload, long limit, CancellationToken cancellationToken)
    {
        if (payload.Length <= limit)
        {
            return payload;
        }

        await using (payload.ConfigureAwait(false))
        {
            PooledBytes bytes = await PooledBytes.ReadAsync(payload.Content, payload.Length, limit, static most => new HorreumResponseTooLargeException(most), cancellationToken).ConfigureAwait(false);
            try
            {
                Check(bytes.Memory.Span);
                MemoryMarshal.TryGetArray(bytes.Memory, out ArraySegment<byte> segment);
                return new JsonPayload(new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false), segment.Count, bytes);
            }
            catch
            {
                bytes.Dispose();
                throw;
            }
        }
    }

    public static async Task CopyAsync(JsonPayload payload, byte[] members, Stream destination, CancellationToken cancellationToken)
    {
        if (payload.IsEmpty)
        {
            await destination.WriteAsync("null"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read = await payload.Content.ReadAtLeastAsync(buffer, "\uFEFF"u8.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            int from = buffer.AsSpan(0, read).StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
            bool pending = members.Length > 0;
            while (read > 0)
            {
                ReadOnlyMemory<byte> part = buffer.AsMemory(from, read - from);
                int brace = pending ? OpeningBrace(part.Span) : -1;
                if (brace >= 0)
                {
                    pending = false;
                    await destination.WriteAsync(part[..(brace + 1)], cancellationToken).ConfigureAwait(false);
                    await destination.WriteAsync(members, cancellationToken).ConfigureAwait(false);
                    bool empty = part.Span[(brace + 1)..].TrimStart(" \t\r\n"u8).StartsWith("}"u8);
                    await destination.WriteAsync(empty ? ReadOnlyMemory<byte>.Empty : ","u8.ToArray(), cancellationToken).ConfigureAwait(false);
                    part = part[(brace + 1)..];
                }

                await destination.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                read = await payload.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                from = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Only at the very start: a brace further on belongs to a value.
    private static int OpeningBrace(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return at >= 0 && bytes[at] == (byte)'{' ? at : -1;
    }

    private static void Check(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestJson });
        while (reader.Read())
        {
        }
    }
}
