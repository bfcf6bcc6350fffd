using System.Buffers;
using System.Globalization;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Passes JSON on as it arrives, with members put in front of its own.</summary>
internal static class PayloadCopy
{
    private const int BufferBytes = 32 * 1024;

    public static async Task CopyAsync(JsonPayload payload, byte[] members, long limit, Stream destination, CancellationToken cancellationToken)
    {
        if (payload.IsEmpty)
        {
            await destination.WriteAsync("null"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            bool pending = members.Length > 0;
            while (true)
            {
                int read = await payload.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                total += read;
                if (total > limit)
                {
                    throw TooLarge(limit);
                }

                int brace = pending ? OpeningBrace(buffer.AsSpan(0, read)) : -1;
                if (brace >= 0)
                {
                    pending = false;
                    await destination.WriteAsync(buffer.AsMemory(0, brace + 1), cancellationToken).ConfigureAwait(false);
                    await destination.WriteAsync(members, cancellationToken).ConfigureAwait(false);
                    bool empty = buffer.AsSpan(brace + 1, read - brace - 1).TrimStart(" \t\r\n"u8).StartsWith("}"u8);
                    await destination.WriteAsync(empty ? ReadOnlyMemory<byte>.Empty : ","u8.ToArray(), cancellationToken).ConfigureAwait(false);
                    await destination.WriteAsync(buffer.AsMemory(brace + 1, read - brace - 1), cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The refusal of content that is larger than allowed.</summary>
    public static HorreumContractException TooLarge(long limit) => new(new ContractError(
        ErrorCode.InvalidRequest, $"The content is larger than {limit} bytes, the most that this server answers (maxDatasetSize).")
    {
        Details = new Dictionary<string, string>
        {
            ["maxDatasetSize"] = limit.ToString(CultureInfo.InvariantCulture),
            ["suggestion"] = "ask for a part with schemaUri, or for label values",
        },
    });

    // Only at the very start: a brace further on belongs to a value.
    private static int OpeningBrace(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return at >= 0 && bytes[at] == (byte)'{' ? at : -1;
    }
}
