using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Turns stored rows into what the index takes.</summary>
internal static class IndexDocuments
{
    private const int MostNamed = 10;

    /// <param name="server">The row.</param>
    /// <param name="tools">Its tools.</param>
    /// <param name="model">The current embedding model: vectors of another one cannot be compared and are left out.</param>
    /// <param name="trust">Which tools are withheld. Whatever searches, lists, describes and calls works on what this lets through.</param>
    public static ServerDocument Of(WorkloadServer server, IReadOnlyCollection<StoredTool> tools, string? model, TrustVerdict trust) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.ContextName,
        Description = IsOwnListing(server) ? null : server.Description,
        Group = server.Group,
        VirtualMcp = server.VirtualMcp,
        Status = server.Status,
        Tools = [.. tools.Where(tool => !trust.Withholds(tool.Name)).Select(tool => Of(tool, model))],
        IsWithheld = trust.WithholdsServer,
        Withheld = [.. tools.Where(tool => trust.Withholds(tool.Name)).Select(tool => Of(tool, model))],
    };

    public static ServerDocument Of(RegistryServer server, IEnumerable<StoredTool> tools, string? model) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.Name,
        Description = server.Description,
        Group = server.Group,
        Status = ServerStatus.Running,
        Tools = [.. tools.Select(tool => Of(tool, model))],
    };

    /// <summary>The description of a server that nobody described: its tools by name.</summary>
    public static string ListingOf(string server, IReadOnlyList<string> tools) => $"{server}: {string.Join(", ", tools.Take(MostNamed))}{(tools.Count > MostNamed ? ", …" : "")}";

    /// <summary>Whether a description is such a listing. It stays out of the index: who may not see a tool must not read its name there.</summary>
    public static bool IsOwnListing(WorkloadServer server) => server.Description?.StartsWith(server.Name + ": ", StringComparison.Ordinal) == true;

    /// <summary>Reads the members of a definition that matter for texts and fields.</summary>
    public static ToolDefinition ReadDefinition(string name, ReadOnlyMemory<byte> json)
    {
        using Definition definition = Definition.Parse(json);
        return new ToolDefinition { Name = name, Title = definition.Title, Description = definition.Description, Json = json };
    }

    private static ToolDocument Of(StoredTool tool, string? model)
    {
        ToolDefinition definition = ReadDefinition(tool.Name, tool.Details);
        return new ToolDocument
        {
            Id = tool.Id,
            Name = tool.Name,
            Title = definition.Title == tool.Name ? null : definition.Title,
            Description = definition.Description,
            DefinitionJson = tool.Details,
            Embedding = tool.EmbeddingModel == model ? tool.Embedding : default,
            TokenCount = tool.TokenCount,
        };
    }
}
