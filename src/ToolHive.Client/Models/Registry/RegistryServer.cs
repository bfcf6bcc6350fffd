using System.Collections.ObjectModel;
using System.Text.Json;

namespace ToolHive.Client.Models.Registry;

/// <summary>A server that a registry offers: a <see cref="ContainerRegistryServer"/> or a <see cref="RemoteRegistryServer"/>.</summary>
public abstract record RegistryServer
{
    /// <summary>Full name, often reverse-DNS with a slash: <c>io.github.stacklok/fetch</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? Title { get; init; }

    /// <summary>What it does, at most 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The same at length, Markdown.</summary>
    public string? Overview { get; init; }

    /// <summary><c>Official</c>, <c>Community</c>, or another word.</summary>
    public string? Tier { get; init; }

    /// <summary><c>active</c>, <c>deprecated</c>, or another word.</summary>
    public string? Status { get; init; }

    /// <summary><c>stdio</c>, <c>sse</c> or <c>streamable-http</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>Names of its tools.</summary>
    public IReadOnlyList<string> Tools { get => field ?? []; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Settings it reads.</summary>
    public IReadOnlyList<RegistryEnvVar> EnvVars { get => field ?? []; init; }

    /// <summary>Popularity and origin.</summary>
    public RegistryMetadata? Metadata { get; init; }

    /// <summary>Its source code.</summary>
    public string? RepositoryUrl { get; init; }

    /// <summary>Port its proxy prefers.</summary>
    public int? ProxyPort { get; init; }

    /// <summary>Whether it keeps no sessions.</summary>
    public bool? Stateless { get; init; }

    /// <summary>What the registry adds of its own.</summary>
    public IReadOnlyDictionary<string, JsonElement> CustomMetadata { get => field ?? ReadOnlyDictionary<string, JsonElement>.Empty; init; }
}
