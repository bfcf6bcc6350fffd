using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>Turns stored rows into what the index takes.</summary>
internal static class IndexDocuments
{
    private const int MostNamed = 10;

    /// <param name="server">The row.</param>
    /// <param name="tools">Its tools.</param>
    /// <param name="embedder">Gives the vector that stands for a tool now: vectors of another model cannot be compared.</param>
    /// <param name="withholds">Whether the tool of a name is withheld. Whatever searches, lists, describes and calls works on what this lets through.</param>
    /// <param name="isWithheld">Whether all of the server is.</param>
    public static ServerDocument Of(WorkloadServer server, IReadOnlyCollection<StoredTool> tools, TextEmbedder embedder, Func<string, bool> withholds, bool isWithheld) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.ContextName,
        Description = IsOwnListing(server) ? null : server.Description,
        Group = server.Group,
        VirtualMcp = server.VirtualMcp,
        Status = server.Status,
        Tools = Level([.. tools.Where(tool => !withholds(tool.Name)).Select(tool => Of(tool, server.ContextName, embedder))]),
        IsWithheld = isWithheld,
        Withheld = Level([.. tools.Where(tool => withholds(tool.Name)).Select(tool => Of(tool, server.ContextName, embedder))]),
    };

    public static ServerDocument Of(RegistryServer server, IEnumerable<StoredTool> tools, TextEmbedder embedder) => new()
    {
        Id = server.Id,
        Name = server.Name,
        ContextName = server.Name,
        Description = server.Description,
        Group = server.Group,
        Status = ServerStatus.Running,
        Tools = Level([.. tools.Select(tool => Of(tool, server.Name, embedder))]),
    };

    /// <summary>The description of a server that nobody described: its tools by name.</summary>
    public static string ListingOf(string server, IReadOnlyList<string> tools) => $"{server}: {string.Join(", ", tools.Take(MostNamed))}{(tools.Count > MostNamed ? ", …" : "")}";

    /// <summary>Whether a description is such a listing. It stays out of the index: who may not see a tool must not read its name there.</summary>
    public static bool IsOwnListing(WorkloadServer server) => server.Description?.StartsWith(server.Name + ": ", StringComparison.Ordinal) == true;

    /// <summary>Reads the members of a definition that matter for texts and fields.</summary>
    public static ToolDefinition ReadDefinition(string name, ReadOnlyMemory<byte> json)
    {
        (string? title, string? description) = Definition.ReadTexts(json.Span);
        return new ToolDefinition { Name = name, Title = title, Description = description, Json = json };
    }

    private static ToolDocument Of(StoredTool tool, string context, TextEmbedder embedder)
    {
        ToolDefinition definition = ReadDefinition(tool.Name, tool.Details);
        return new ToolDocument
        {
            Id = tool.Id,
            Name = tool.Name,
            Title = definition.Title == tool.Name ? null : definition.Title,
            Description = definition.Description,
            DefinitionJson = tool.Details,
            Embedding = embedder.VectorOf(tool, context, definition),
            TokenCount = tool.TokenCount,
        };
    }

    // While the host's generator has not got to some of a server's tools, all of them are compared by what they have in common: the built-in part, which comes first.
    private static ToolDocument[] Level(ToolDocument[] tools)
    {
        int least = tools.Where(tool => !tool.Embedding.IsEmpty).Select(tool => tool.Embedding.Length).DefaultIfEmpty().Min();
        return Array.TrueForAll(tools, tool => tool.Embedding.Length <= least) ? tools
            : [.. tools.Select(tool => tool.Embedding.Length > least ? tool with { Embedding = CheckedGeneration.ToUnitLength(tool.Embedding[..least]) } : tool)];
    }
}
