using Horreum.Client.Models;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Horreum.Client.Tools;

/// <summary>
/// Offers the tools and resources to an MCP server. Each is registered by name before the settings are known; what they forbid is taken out of the server's
/// collection again once they are.
/// </summary>
internal sealed class ToolOffer(ToolCatalog catalog, HorreumToolRunner runner, IOptions<HorreumContractOptions> options) : IPostConfigureOptions<McpServerOptions>
{
    /// <summary>The resources: name, description, template, and the tool and parameter that read it.</summary>
    public static IReadOnlyList<(string Name, string Description, string Template, string Tool, string Parameter)> Resources { get; } =
    [
        ("test", "A test with its settings.", "horreum://tests/{id}", "get_test", "testId"),
        ("schema", "A schema.", "horreum://schemas/{id}", "get_schema", "id"),
        ("run", "A run with its data.", "horreum://tests/{testId}/runs/{runId}", "get_run", "runId"),
    ];

    private readonly ContractNaming _naming = options.Value.Naming;

    public McpServerTool Tool(string name) => new HorreumMcpTool(catalog.All.First(tool => tool.Name == name), runner, _naming);

    public McpServerResource Resource((string Name, string Description, string Template, string Tool, string Parameter) resource) =>
        new HorreumMcpResource(runner, resource.Name, resource.Description, resource.Template, resource.Tool, resource.Parameter);

    public void PostConfigure(string? name, McpServerOptions options)
    {
        foreach (McpServerTool tool in (options.ToolCollection ?? []).OfType<HorreumMcpTool>().Where(tool => !runner.Knows(tool.ProtocolTool.Name)).ToArray())
        {
            options.ToolCollection!.Remove(tool);
        }
    }
}
