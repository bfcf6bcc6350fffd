using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Definitions;

/// <summary>Hashes by which ingestion tells changed from unchanged.</summary>
internal static class ToolHasher
{
    /// <summary>Over everything a server lists, its instructions, and the context its texts are embedded with: equal means nothing to do.</summary>
    public static string HashListing(string context, IReadOnlyList<ToolDefinition> tools, string? instructions)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendPart(hash, Encoding.UTF8.GetBytes(context));
        foreach (ToolDefinition tool in tools)
        {
            AppendPart(hash, tool.Json.Span);
        }

        if (instructions is not null)
        {
            AppendPart(hash, "instructions"u8);
            AppendPart(hash, Encoding.UTF8.GetBytes(instructions));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Over texts whose borders matter.</summary>
    public static string HashParts(params IEnumerable<string?> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? part in parts)
        {
            AppendPart(hash, Encoding.UTF8.GetBytes(part ?? ""));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Over one definition with its members sorted, so that a server that merely reorders them changed nothing.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="withName">Whether the tool's name counts; without it, renamed tools have the same hash.</param>
    public static string HashDefinition(ReadOnlyMemory<byte> json, bool withName = true)
    {
        ArrayBufferWriter<byte> canonical = new(json.Length);
        using (Definition definition = Definition.Parse(json))
        using (Utf8JsonWriter writer = new(canonical))
        {
            WriteCanonical(definition.Root, writer, withName ? null : "name");
        }

        return Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }

    private static void WriteCanonical(JsonElement element, Utf8JsonWriter writer, string? without = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject().Where(property => property.Name != without).OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteCanonical(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    WriteCanonical(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    // A length before each part: ("ab", "c") and ("a", "bc") must differ.
    private static void AppendPart(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
