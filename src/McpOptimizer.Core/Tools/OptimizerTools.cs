using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Services.Install;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Tools;

/// <summary>The optimizer's tools as the settings have them, the same for MCP and for chat clients.</summary>
internal sealed class OptimizerTools
{
    public OptimizerTools(
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
        McpOptimizerOptions settings = options.Value;
        double nothingFitsBelow = settings.Disclosure.NothingFitsBelow;
        ForEverybody =
        [
            FindTool.Create(discovery),
            CallTools.Call(calls, visibility),
            CallTools.CallMany(calls, visibility),
            CallTools.ReadResult(calls, results),
            CatalogueTools.Describe(discovery),
            CatalogueTools.List(discovery, replica),
            .. settings.Disclosure.OfferExplanations ? [CatalogueTools.Explain(explanations)] : Array.Empty<OptimizerTool>(),
            .. settings.EnableDynamicInstall
                ? [InstallTools.Search(discovery), InstallTools.Install(installation, visibility), InstallTools.Uninstall(installation, discovery, visibility)]
                : Array.Empty<OptimizerTool>(),
        ];
        ForResources = settings.Offerings.Resources ? [OfferingTools.FindResource(offerings, nothingFitsBelow), OfferingTools.ReadResource(offerings)] : [];
        ForPrompts = settings.Offerings.Prompts ? [OfferingTools.FindPrompt(offerings, nothingFitsBelow), OfferingTools.GetPrompt(offerings)] : [];
    }

    /// <summary>Tools for every caller, <c>find_tool</c> first.</summary>
    public IReadOnlyList<OptimizerTool> ForEverybody { get; }

    /// <summary>Tools for callers who can see resources; none when they are switched off.</summary>
    public IReadOnlyList<OptimizerTool> ForResources { get; }

    /// <summary>Tools for callers who can see prompts; none when they are switched off.</summary>
    public IReadOnlyList<OptimizerTool> ForPrompts { get; }
}
