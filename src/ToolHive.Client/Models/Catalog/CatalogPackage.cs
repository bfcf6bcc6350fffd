namespace ToolHive.Client.Models.Catalog;

/// <summary>A package that a server is delivered as.</summary>
public sealed record CatalogPackage
{
    /// <summary><c>npm</c>, <c>pypi</c>, <c>oci</c> …</summary>
    public string? RegistryType { get; init; }

    /// <summary>Registry it is in.</summary>
    public string? RegistryBaseUrl { get; init; }

    /// <summary>Its name there.</summary>
    public string? Identifier { get; init; }

    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>Hash of the file.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>Program that runs it.</summary>
    public string? RuntimeHint { get; init; }

    /// <summary>How it is reached.</summary>
    public CatalogTransport? Transport { get; init; }

    /// <summary>Arguments of the program that runs it.</summary>
    public IReadOnlyList<CatalogArgument> RuntimeArguments { get => field ?? []; init; }

    /// <summary>Arguments of the package.</summary>
    public IReadOnlyList<CatalogArgument> PackageArguments { get => field ?? []; init; }

    /// <summary>Settings it reads.</summary>
    public IReadOnlyList<CatalogInput> EnvironmentVariables { get => field ?? []; init; }
}
