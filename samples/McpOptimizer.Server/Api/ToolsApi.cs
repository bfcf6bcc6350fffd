using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Usage;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/tools</c> and <c>GET /api/tool</c>: the catalogue.</summary>
internal static class ToolsApi
{
    private const int DefaultLimit = 200;
    private const int MostListed = 1_000;

    public static IReadOnlyList<ApiEndpoint> Endpoints { get; } =
    [
        new ApiEndpoint
        {
            Path = "/api/tools",
            Summary = "Visible tools by server, a page at a time; to administrators also how each stands with trust, how often it was found and called, and which tools are withheld.",
            Parameters =
            [
                new("server", "Only the tools of this server."),
                new("contains", "Only tools with this text in server, name or description."),
                new("offset", "How many to leave out at the start.") { Kind = ApiParameterKind.Number, Max = int.MaxValue },
                new("limit", $"Most tools on a page; {DefaultLimit} without it.") { Kind = ApiParameterKind.Number, Min = 1, Max = MostListed },
                ApiParameter.Profile,
            ],
            Answer = ApiJson.Default.ToolsAnswer,
            Handle = ListAsync,
        },
        new ApiEndpoint
        {
            Path = "/api/tool",
            Summary = "One tool with its definition.",
            Parameters = [new("name", "the tool as server/name, or its name where that is unambiguous.") { IsRequired = true }, ApiParameter.Profile],
            Answer = ApiJson.Default.ToolAnswer,
            Handle = DescribeAsync,
        },
    ];

    private static async Task<object> ListAsync(ApiRequest request)
    {
        IReadOnlyList<IndexedTool> tools = request.Service<IDiscoveryService>().List(request.Caller, request.Text("server"));
        if (request.Text("contains") is { } part)
        {
            tools = [.. tools.Where(tool => $"{tool.ServerName}/{tool.Name}".Contains(part, StringComparison.OrdinalIgnoreCase)
                || ToolHints.Of(tool).Description?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)];
        }

        int offset = (int)(request.Number("offset") ?? 0);
        IndexedTool[] page = [.. tools.Skip(offset).Take((int)(request.Number("limit") ?? DefaultLimit))];
        Dictionary<(string, string), TrustEntry>? trust = await TrustAsync(request, request.Text("server"));
        return new ToolsAnswer
        {
            Total = tools.Count,
            Tokens = tools.Sum(tool => (long)tool.TokenCount),
            Next = offset + page.Length < tools.Count ? offset + page.Length : null,
            Tools = [.. page.Select(tool => Describe(request, tool, trust, definition: null))],
            Withheld = trust is null ? null : [.. trust.Values.Where(IsWithheld).OrderBy(entry => entry.DisplayName, StringComparer.Ordinal).Take(MostListed).Select(WithheldAnswer.Of)],
        };
    }

    private static async Task<object> DescribeAsync(ApiRequest request)
    {
        string name = request.Text("name")!;
        if (request.Service<IDiscoveryService>().Describe(request.Caller, [name]).Tools is not [{ } tool])
        {
            string hint = NearestName.Hint(name, request.Service<IDiscoveryService>().List(request.Caller).Select(known => $"{known.ServerName}/{known.Name}"));
            throw new ApiException(StatusCodes.Status404NotFound, $"No visible tool, or more than one, is named '{VisibleText.Shorten(name)}'.{hint}");
        }

        return Describe(request, tool, await TrustAsync(request, tool.ServerName), JsonElement.Parse(tool.DefinitionJson.Span, JsonText.Reading));
    }

    private static ToolAnswer Describe(ApiRequest request, IndexedTool tool, Dictionary<(string, string), TrustEntry>? trust, JsonElement? definition)
    {
        ToolHints hints = ToolHints.Of(tool);
        return new ToolAnswer
        {
            Server = tool.ServerName,
            Name = tool.Name,
            Title = hints.Title,
            Description = hints.Description,
            Tokens = tool.TokenCount,
            ReadOnly = hints.ReadOnly,
            Destructive = hints.Destructive,
            Trust = trust?.GetValueOrDefault((tool.ServerName, tool.Name))?.State,
            Usage = request.IsAdmin ? request.Service<UsageLog>().Of(tool.ServerName, tool.Name) : null,
            Definition = definition,
        };
    }

    private static async Task<Dictionary<(string, string), TrustEntry>?> TrustAsync(ApiRequest request, string? server)
    {
        if (!request.IsAdmin)
        {
            return null;
        }

        Dictionary<(string, string), TrustEntry> entries = [];
        foreach (TrustEntry entry in await request.Service<ITrustService>().ListAsync(new TrustQuery { ServerName = server }, request.Aborted))
        {
            if (entry is { Kind: TrustKind.Tool, Name: { } name })
            {
                entries[(entry.ServerName, name)] = entry;
            }
        }

        return entries;
    }

    private static bool IsWithheld(TrustEntry entry) => entry.State is not (TrustState.Trusted or TrustState.Removed);
}
