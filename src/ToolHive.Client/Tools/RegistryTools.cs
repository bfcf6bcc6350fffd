using System.ComponentModel;
using ModelContextProtocol.Server;
using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at the registry.</summary>
internal sealed class RegistryTools(IRegistryService registry)
{
    [McpServerTool(Name = "search_registry", Title = "Search the server registry", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Search ToolHive's registry for MCP servers that could be run, by words in names, descriptions, tags and tool names. Best first; `truncated` says whether more match.")]
    public Task<RegistryServers> SearchRegistryAsync(
        [Description("Words to look for; empty lists everything by name.")] string query = "",
        [Description("At most so many, 1 to 100.")] int limit = 20,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => RegistryServers.From(await registry.SearchAsync(query, limit, cancellationToken).ConfigureAwait(false)), cancellationToken);

    [McpServerTool(Name = "get_registry_server", Title = "Show a registry entry", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Show one registry entry: what it does, its tools, and the settings it needs with what each is for.")]
    public Task<RegistryServerDetails> GetRegistryServerAsync(
        [Description("Full name as search_registry shows it, for example `io.github.stacklok/fetch`.")] string name,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => RegistryServerDetails.From(name, await registry.FindAsync(name, cancellationToken).ConfigureAwait(false)), cancellationToken);
}
