using System.Text.Json.Nodes;
using Horreum.Client.Models;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Horreum.Client.Tools;

/// <summary>What a host may add to the tools: their description for programs, and the names of older callers.</summary>
public static class HorreumTools
{
    /// <summary>An OpenAPI 3.1 description of the tools as HTTP endpoints, <c>POST /api/tools/horreum_…</c>.</summary>
    public static JsonObject DescribeEndpoints(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        ContractNaming naming = services.GetRequiredService<HorreumToolRunner>().Naming;
        return EndpointDescription.Create(services.GetRequiredService<ToolCatalog>(), naming);
    }

    /// <summary>
    /// Answers calls to the names of older callers (<c>source.describe</c>, <c>datasets.search</c>, <c>horreum_list_runs</c> …), which are not listed.
    /// For <c>WithCallToolHandler</c>; an unknown name is refused with the nearest right one.
    /// </summary>
    public static async ValueTask<CallToolResult> CallByAliasAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        HorreumToolRunner runner = request.Services!.GetRequiredService<HorreumToolRunner>();
        return await HorreumMcpTool.CallAsync(runner, request.Params!.Name, request.Params.Arguments, structured: true, cancellationToken).ConfigureAwait(false);
    }
}
