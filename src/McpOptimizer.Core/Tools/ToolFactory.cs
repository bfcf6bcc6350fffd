using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Services.Install;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Tools;

/// <summary>Makes the optimizer's tools, the same for MCP and for chat clients.</summary>
internal sealed class ToolFactory(
    IDiscoveryService discovery,
    IToolCallService calls,
    SharedResults results,
    ReplicaName replica,
    IVisibilityService visibility,
    IServerInstallService installation,
    IOfferingService offerings,
    IExplanationService explanations,
    IOptions<McpOptimizerOptions> options)
{
    /// <summary>Tools for every caller, <c>find_tool</c> first.</summary>
    public IReadOnlyList<OptimizerTool> Create(ICallerAccessor callers)
    {
        List<OptimizerTool> tools =
        [
            new FindToolTool(discovery, callers),
            new CallToolTool(calls, visibility, callers),
            new CallToolsTool(calls, visibility, callers),
            new ReadResultTool(calls, results, callers),
            new DescribeToolTool(discovery, callers),
            new ListToolsTool(discovery, replica, callers),
        ];
        if (options.Value.Disclosure.OfferExplanations)
        {
            tools.Add(new ExplainToolTool(explanations, callers));
        }

        if (options.Value.EnableDynamicInstall)
        {
            tools.Add(new SearchRegistryTool(discovery, callers));
            tools.Add(new InstallServerTool(installation, visibility, callers));
            tools.Add(new UninstallServerTool(installation, discovery, visibility, callers));
        }

        return tools;
    }

    /// <summary>Tools for callers who can see resources; none when they are switched off.</summary>
    public IReadOnlyList<OptimizerTool> CreateForResources(ICallerAccessor callers) =>
        options.Value.Offerings.Resources ? [new FindResourceTool(offerings, callers, options), new ReadResourceTool(offerings, callers)] : [];

    /// <summary>Tools for callers who can see prompts; none when they are switched off.</summary>
    public IReadOnlyList<OptimizerTool> CreateForPrompts(ICallerAccessor callers) =>
        options.Value.Offerings.Prompts ? [new FindPromptTool(offerings, callers, options), new GetPromptTool(offerings, callers)] : [];
}
