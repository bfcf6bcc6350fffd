namespace ToolHive.Client.Models.Registry;

/// <summary>A setting that a server reads from its environment.</summary>
public sealed record RegistryEnvVar
{
    /// <summary>Name of the variable.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>True when the server does not start without it.</summary>
    public bool Required { get; init; }

    /// <summary>True when its value must not be shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Value it has when none is given.</summary>
    public string? Default { get; init; }
}
