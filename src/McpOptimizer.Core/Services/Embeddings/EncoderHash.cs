namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>FNV-1a over UTF-16 units with a final mix: the same bucket on every platform and in every run, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class EncoderHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Hash of one word or one piece of a word.</summary>
    public static uint Of(ReadOnlySpan<char> text, uint seed = Offset)
    {
        uint hash = seed;
        foreach (char c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>Hash of a word and the one behind it, from their own hashes.</summary>
    public static uint OfPair(uint first, uint second) => Mix((((Offset ^ first) * Prime) ^ second) * Prime);

    private static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
