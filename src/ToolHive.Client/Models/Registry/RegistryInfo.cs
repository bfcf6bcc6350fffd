namespace ToolHive.Client.Models.Registry;

/// <summary>Where a registry comes from and in what state it is.</summary>
public record RegistryInfo
{
    /// <summary>Name; only <c>default</c> exists.</summary>
    public string? Name { get; init; }

    /// <summary>Version of its catalogue.</summary>
    public string? Version { get; init; }

    /// <summary>When it last changed, as the registry writes it.</summary>
    public string? LastUpdated { get; init; }

    /// <summary>Number of container servers.</summary>
    public int? ServerCount { get; init; }

    /// <summary><c>file</c>, <c>url</c>, <c>api</c>, <c>default</c>, or another word.</summary>
    public string? Type { get; init; }

    /// <summary>File or address it is read from.</summary>
    public string? Source { get; init; }

    /// <summary><c>none</c>, <c>configured</c>, <c>authenticated</c>, or another word.</summary>
    public string? AuthStatus { get; init; }

    /// <summary><c>oauth</c>, <c>bearer</c> or empty.</summary>
    public string? AuthType { get; init; }

    /// <summary>How ToolHive signs in.</summary>
    public RegistryAuthConfig? AuthConfig { get; init; }
}
