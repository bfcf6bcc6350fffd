using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>The definition of a tool of which the registry gives the name only.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="InputSchema">Any object: the registry does not say.</param>
internal sealed record RegistryToolDetails([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("inputSchema")] JsonElement InputSchema)
{
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    public RegistryToolDetails(string name)
        : this(name, AnyObject)
    {
    }
}
