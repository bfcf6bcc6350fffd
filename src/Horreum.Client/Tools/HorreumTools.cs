using System.Text.Json.Nodes;
using Horreum.Client.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Horreum.Client.Tools;

/// <summary>Offers the tools and resources of Horreum to an MCP server.</summary>
public static class HorreumTools
{
    /// <summary>All tools, in the server's spelling; <c>upload_run</c> only when <see cref="HorreumContractOptions.EnableWrites"/> is set.</summary>
    public static IReadOnlyList<McpServerTool> Create(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        HorreumToolRunner runner = services.GetRequiredService<HorreumToolRunner>();
        HorreumContractOptions options = services.GetRequiredService<IOptions<HorreumContractOptions>>().Value;
        return [.. services.GetRequiredService<ToolCatalog>().Tools.Select(tool => new HorreumMcpTool(tool, runner, options.Naming))];
    }

    /// <summary>
    /// Tests, schemas and runs as resources: <c>horreum://tests/{id}</c>, <c>horreum://schemas/{id}</c>, <c>horreum://tests/{testId}/runs/{runId}</c>.
    /// </summary>
    public static IReadOnlyList<McpServerResource> CreateResources(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        HorreumToolRunner runner = services.GetRequiredService<HorreumToolRunner>();
        return
        [
            new HorreumMcpResource(runner, "test", "A test with its settings.", "horreum://tests/{id}", "get_test", "testId"),
            new HorreumMcpResource(runner, "schema", "A schema.", "horreum://schemas/{id}", "get_schema", "id"),
            new HorreumMcpResource(runner, "run", "A run with its data.", "horreum://tests/{testId}/runs/{runId}", "get_run", "runId"),
        ];
    }

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
