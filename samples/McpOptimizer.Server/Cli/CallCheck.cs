using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Cli;

/// <summary>Refuses a call that cannot be right by what is stored of the tool, before a server is started for it. The whole check comes with the call itself.</summary>
internal static class CallCheck
{
    /// <exception cref="ArgumentException">The stored schema asks for a member that is not given, or takes no others than it names.</exception>
    public static void Refuse(IServiceProvider services, string server, string tool, JsonElement arguments)
    {
        IReadOnlyList<IndexedTool> stored;
        try
        {
            stored = services.GetRequiredService<IDiscoveryService>().List(CallerIdentity.Anonymous, server);
        }
        catch (ArgumentException)
        {
            // Nothing is stored of this server: it is asked.
            return;
        }

        if (stored.FirstOrDefault(known => known.Name == tool) is not { } found)
        {
            return;
        }

        using JsonDocument definition = JsonDocument.Parse(found.DefinitionJson, JsonText.Reading);
        if (!definition.RootElement.TryGetProperty("inputSchema", out JsonElement schema) || schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        string[] required = Names(schema, "required", list => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(name => name.ToString()) : []);
        string[] known = Names(schema, "properties", members => members.ValueKind == JsonValueKind.Object ? members.EnumerateObject().Select(member => member.Name) : []);
        string[] given = arguments.ValueKind == JsonValueKind.Object ? [.. arguments.EnumerateObject().Select(member => member.Name)] : [];
        string[] missing = [.. required.Except(given)];
        if (missing.Length > 0)
        {
            throw new ArgumentException($"{server}/{tool} needs {string.Join(", ", missing.Select(Quote))}. It takes: {Takes(known, required)}.");
        }

        bool isClosed = schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False && !schema.TryGetProperty("patternProperties", out _);
        if (isClosed && given.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{server}/{tool} takes no '{VisibleText.Shorten(unknown)}'.{NearestName.Hint(unknown, known)}");
        }
    }

    private static string[] Names(JsonElement schema, string member, Func<JsonElement, IEnumerable<string>> read) => schema.TryGetProperty(member, out JsonElement value) ? [.. read(value)] : [];

    private static string Takes(string[] known, string[] required) => string.Join(", ", known.Select(name => VisibleText.Shorten(name) + (required.Contains(name) ? "" : " (optional)")));

    private static string Quote(string name) => $"'{VisibleText.Shorten(name)}'";
}
