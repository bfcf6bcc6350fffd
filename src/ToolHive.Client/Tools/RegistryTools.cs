using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at the registry.</summary>
internal static class RegistryTools
{
    public static IReadOnlyList<AnsweringTool> All { get; } =
    [
        new ValueTool<RegistryServers>
        {
            Name = "search_registry",
            Title = "Search the server registry",
            Description = "Search ToolHive's registry for MCP servers that could be run, by words in names, descriptions, tags and tool names. "
                + "Best first; `truncated` says whether more match.",
            Hints = ToolHiveTools.Looks,
            Parameters =
            [
                new("query", ToolParameterKind.Text, "Words to look for; empty lists everything by name.") { Default = "" },
                new("limit", ToolParameterKind.Integer, "At most so many, 1 to 100.") { Default = 20 },
            ],
            RunAsync = async (call, token) =>
                RegistryServers.From(await call.Service<IRegistryService>().SearchAsync(call.Text("query"), call.Integer("limit"), token).ConfigureAwait(false)),
        },
        new ValueTool<RegistryServerDetails>
        {
            Name = "get_registry_server",
            Title = "Show a registry entry",
            Description = "Show one registry entry: what it does, its tools, and the settings it needs with what each is for.",
            Hints = ToolHiveTools.Looks,
            Parameters = [new("name", ToolParameterKind.Text, "Full name as search_registry shows it, for example `io.github.stacklok/fetch`.") { Required = true }],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                return RegistryServerDetails.From(name, await call.Service<IRegistryService>().FindAsync(name, token).ConfigureAwait(false));
            },
        },
    ];
}
