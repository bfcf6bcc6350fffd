using System.Text.Json.Nodes;

namespace Coder.Recorder;

/// <summary>A redacted call, ready to be written in the shape of a WireMock mapping.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Mapping">The mapping.</param>
public sealed record Fixture(string Name, JsonObject Mapping)
{
    /// <summary>The texts of the mapping as they were before names were replaced in them, for the last look. Never written.</summary>
    internal IReadOnlyCollection<string> Originals { get; init; } = [];
}
