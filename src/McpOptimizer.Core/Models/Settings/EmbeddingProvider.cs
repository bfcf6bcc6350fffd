namespace McpOptimizer.Core.Models.Settings;

/// <summary>Where vectors come from.</summary>
public enum EmbeddingProvider
{
    /// <summary>The generator that the host registered, else the built-in encoder.</summary>
    Default = 0,

    /// <summary>No vectors: searches go by words alone.</summary>
    None,
}
