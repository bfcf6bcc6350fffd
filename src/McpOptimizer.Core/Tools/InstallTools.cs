using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Install;

namespace McpOptimizer.Core.Tools;

/// <summary>Tools that look for servers in the registry, install them and remove them. Offered when <c>EnableDynamicInstall</c> says so.</summary>
internal static class InstallTools
{
    /// <summary><c>search_registry</c>: tools of servers that could be installed.</summary>
    public static OptimizerTool Search(IDiscoveryService discovery) => new()
    {
        Name = "search_registry",
        Title = "Search installable servers",
        Description = "Searches the registry of servers that are not running yet. Use it when find_tool has nothing that fits, "
            + "then install_server with the mcp_server_name of the best hit. The registry knows tools by name only.",
        Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Parameters =
        [
            OptimizerParameters.Need("What you need to do, in your own words."),
            OptimizerParameters.Keywords("Words that the tool's name probably contains. Optional."),
            OptimizerParameters.Limit("Most tools to return."),
        ],
        Output = AnswerSchemas.ToolList,
        RunAsync = async (call, caller, token) =>
        {
            ToolSearchResult found = await discovery.SearchRegistryAsync(OptimizerParameters.ReadQuery(call), caller, token).ConfigureAwait(false);
            return ToolListAnswer.Create([.. found.Hits.Select(hit => hit.Tool)]);
        },
    };

    /// <summary><c>install_server</c>: installs a server from the registry.</summary>
    public static OptimizerTool Install(IServerInstallService installation, IVisibilityService visibility) => new()
    {
        Name = "install_server",
        Title = "Install a server",
        Description = "Installs and starts a server that search_registry found. "
            + "If it needs settings or secrets, nothing is installed and the answer says which, and what for.",
        Hints = new(ReadOnly: false, Destructive: false, Idempotent: true, OpenWorld: true),
        Parameters = [OptimizerParameters.Name("server_name", "mcp_server_name of a registry server, as search_registry gave it.") with { Required = true }],
        Output = AnswerSchemas.Text,
        RunAsync = async (call, caller, token) =>
        {
            if (!visibility.MayInstall(caller))
            {
                return OptimizerTool.Failure("Installing servers is not allowed here.");
            }

            InstallResult result = await installation.InstallAsync(call.Text("server_name"), token).ConfigureAwait(false);
            return OptimizerTool.Text(result.Text, result.IsError);
        },
    };

    /// <summary><c>uninstall_server</c>: stops and removes a server that the caller can see.</summary>
    public static OptimizerTool Uninstall(IServerInstallService installation, IDiscoveryService discovery, IVisibilityService visibility) => new()
    {
        Name = "uninstall_server",
        Title = "Remove a server",
        Description = "Stops and removes a running server, and with it its tools. What the server kept in its container is lost; ask the user first.",
        Hints = new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        Parameters =
        [
            OptimizerParameters.Name("server_name", "mcp_server_name of a running server, as find_tool or list_tools gave it.") with { Required = true },
        ],
        Output = AnswerSchemas.Text,
        RunAsync = async (call, caller, token) =>
        {
            if (!visibility.MayInstall(caller))
            {
                return OptimizerTool.Failure("Removing servers is not allowed here.");
            }

            // Listing refuses a server that the caller cannot see, in the same words as one that does not exist.
            string name = call.Text("server_name");
            discovery.List(caller, name, limit: 1);
            InstallResult result = await installation.UninstallAsync(name, token).ConfigureAwait(false);
            return OptimizerTool.Text(result.Text, result.IsError);
        },
    };
}
