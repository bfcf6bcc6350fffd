using ModelContextProtocol.Server;

namespace ToolHive.Client.Tools;

/// <summary>MCP tools to look at ToolHive's servers and, when allowed, to change them. They need <c>AddToolHiveClient</c>.</summary>
public static class ToolHiveTools
{
    private static readonly ToolDialect Dialect = new() { Json = ToolsJson.Options, Fail = (_, e) => ToolErrors.Translate(e) is { } known ? throw known : null };

    /// <summary>The hints of tools that look and change nothing.</summary>
    internal static ToolHints Looks { get; } = new(ReadOnly: true, Idempotent: true, OpenWorld: false);

    /// <summary>Makes the tools; services are taken from each request.</summary>
    /// <param name="options">Which ones; null for those that only read.</param>
    /// <returns>Tools to hand to <c>WithTools</c>.</returns>
    /// <exception cref="ArgumentException">The prefix has letters that tool names cannot have.</exception>
    public static IReadOnlyList<McpServerTool> Create(ToolHiveToolsOptions? options = null)
    {
        options ??= new ToolHiveToolsOptions();
        if (!options.Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            throw new ArgumentException($"'{options.Prefix}' cannot begin a tool's name: use letters, digits, underscores, hyphens and dots.", nameof(options));
        }

        return
        [
            .. From(typeof(ServerTools), ServerTools.All, options),
            .. From(typeof(RegistryTools), RegistryTools.All, options),
            .. From(typeof(GroupTools), GroupTools.All, options),
            .. options.AllowChanges ? From(typeof(ServerChangeTools), ServerChangeTools.All, options) : [],
        ];
    }

    private static IEnumerable<McpServerTool> From(Type origin, IEnumerable<AnsweringTool> tools, ToolHiveToolsOptions options) =>
        DeclaredTool.Create(origin, tools.Select(tool => tool with { Name = options.Prefix + tool.Name }), Dialect);
}
