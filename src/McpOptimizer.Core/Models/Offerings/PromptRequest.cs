namespace McpOptimizer.Core.Models.Offerings;

/// <summary>Which prompt to render, and with what.</summary>
public sealed record PromptRequest
{
    /// <summary>The server; null when the name is unambiguous.</summary>
    public string? ServerName { get; init; }

    /// <summary>The prompt's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments; the protocol knows texts only.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get => field ?? new Dictionary<string, string>(); init; }
}
