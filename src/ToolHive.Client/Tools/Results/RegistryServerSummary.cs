using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Tools.Results;

/// <summary>A registry entry in a list.</summary>
internal sealed record RegistryServerSummary
{
    public required string Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public required bool Remote { get; init; }

    public string? Tier { get; init; }

    public string? Status { get; init; }

    public required int Tools { get; init; }

    public static RegistryServerSummary From(RegistryServer server) => new()
    {
        Name = server.Name ?? "",
        Title = string.IsNullOrEmpty(server.Title) ? null : server.Title,
        Description = server.Description,
        Remote = server is RemoteRegistryServer,
        Tier = server.Tier,
        Status = server.Status,
        Tools = server.Tools.Count,
    };
}
