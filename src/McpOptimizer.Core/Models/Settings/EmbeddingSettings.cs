namespace McpOptimizer.Core.Models.Settings;

/// <summary>How meaning is compared.</summary>
public sealed class EmbeddingSettings
{
    /// <summary>Where vectors come from.</summary>
    /// <value><see cref="EmbeddingProvider.Default"/>.</value>
    public EmbeddingProvider Provider { get; set; }
}
