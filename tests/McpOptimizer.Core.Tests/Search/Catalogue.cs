using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>Makes small servers for search tests.</summary>
internal static class Catalogue
{
    public static ServerDocument Server(string name, params ToolDocument[] tools) => new()
    {
        Id = "id-" + name,
        Name = name,
        ContextName = name,
        Group = "default",
        Status = ServerStatus.Running,
        Tools = [.. tools.Select(tool => tool with { Id = $"{name}/{tool.Name}" })],
    };

    public static ToolDocument Tool(string name, string? description = null, string? title = null, string? schema = null, float[]? vector = null, int tokens = 10) => new()
    {
        Id = name,
        Name = name,
        Title = title,
        Description = description,
        DefinitionJson = Encoding.UTF8.GetBytes($$"""{"name":{{JsonSerializer.Serialize(name)}},"inputSchema":{{schema ?? """{"type":"object"}"""}}}"""),
        Embedding = vector,
        TokenCount = tokens,
    };

    public static IndexChange Upsert(params ServerDocument[] servers) => new() { Upserted = servers };

    /// <summary>Servers of invented tools, the same for the same seed.</summary>
    public static ServerDocument Random(int number, int tools, int dimension = 0)
    {
        string[] verbs = ["create", "delete", "list", "search", "update", "send", "export", "validate"];
        string[] things = ["invoice", "ticket", "branch", "alert", "parcel", "recipe", "meeting", "contact", "database", "camera"];
        Random random = new(number);
        return Server($"server{number}", [.. Enumerable.Range(0, tools).Select(i =>
        {
            string verb = verbs[random.Next(verbs.Length)];
            string thing = things[random.Next(things.Length)];
            float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
            return Tool($"{verb}_{thing}_{i}", $"{verb} the {thing} of a {things[random.Next(things.Length)]}", vector: vector);
        })]);
    }
}
