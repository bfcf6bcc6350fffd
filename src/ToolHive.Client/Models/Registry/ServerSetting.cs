namespace ToolHive.Client.Models.Registry;

/// <summary>A setting that a registry entry reads.</summary>
public sealed record ServerSetting
{
    /// <summary>Name of the variable or header.</summary>
    public required string Name { get; init; }

    /// <summary><c>environment</c> or <c>header</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>True when the server does not work without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when its value must not be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Value it has when none is given.</summary>
    public string? Default { get; init; }

    /// <summary>Legal values; empty means any.</summary>
    public IReadOnlyList<string> Choices { get => field ?? []; init; }

    /// <summary>The settings that a registry entry reads, environment first.</summary>
    public static IReadOnlyList<ServerSetting> ListOf(RegistryServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        IEnumerable<ServerSetting> headers = server is RemoteRegistryServer remote
            ? remote.Headers.Where(header => !string.IsNullOrWhiteSpace(header.Name)).Select(From)
            : [];
        return [.. server.EnvVars.Where(variable => !string.IsNullOrWhiteSpace(variable.Name)).Select(From), .. headers];
    }

    private static ServerSetting From(RegistryEnvVar variable) => new()
    {
        Name = variable.Name!,
        Kind = "environment",
        Description = variable.Description,
        IsRequired = variable.Required,
        IsSecret = variable.Secret,
        Default = string.IsNullOrEmpty(variable.Default) ? null : variable.Default,
    };

    private static ServerSetting From(RegistryHeader header) => new()
    {
        Name = header.Name!,
        Kind = "header",
        Description = header.Description,
        IsRequired = header.Required,
        IsSecret = header.Secret,
        Default = string.IsNullOrEmpty(header.Default) ? null : header.Default,
        Choices = header.Choices,
    };
}
