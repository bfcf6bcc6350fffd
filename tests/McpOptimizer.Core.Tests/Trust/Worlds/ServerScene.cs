namespace McpOptimizer.Core.Tests.Trust.Worlds;

/// <summary>What one server is and says at the moment; each definition is a name and a version of it.</summary>
internal sealed class ServerScene
{
    public string Endpoint { get; set; } = "first";

    public string? Instructions { get; set; }

    public SortedDictionary<string, int> Tools { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Prompts { get; } = new(StringComparer.Ordinal);
}
