using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>One element of a registry, read or left out.</summary>
/// <param name="Name">Its name, as far as it has one.</param>
/// <param name="Entry">What it says; null when it is left out.</param>
/// <param name="Reason">Why it is left out, to follow "because they".</param>
/// <param name="IsFault">Whether that is a fault of the registry, so that nobody can say what the element stands for.</param>
internal sealed record RegistryReading(string Name, RegistryEntry? Entry, string? Reason = null, bool IsFault = false);
