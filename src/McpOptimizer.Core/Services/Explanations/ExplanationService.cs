using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Explanations;

/// <summary>Ranks as a search does, only deeper, and looks for the tool in question in the result, or for the rule that hides it.</summary>
internal sealed class ExplanationService(
    ToolIndexes indexes, SearchServices search, IVisibilityService visibility, ServerFaults faults, WithheldReason withheldReason, LearningService learning, IOptions<McpOptimizerOptions> options)
    : IExplanationService
{
    // As many as both sides together can give: see SearchSettings.CandidateCount.
    private const int Deepest = 4_000;
    private const int MostAhead = 5;
    private const int MostNamed = 5;

    public async Task<Explanation> ExplainAsync(ExplanationRequest request, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        int limit = request.Query.Limit ?? options.Value.Search.MaxToolsToReturn;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(request));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 50, nameof(request));
        ToolIndex index = indexes.Workloads.Current;
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolQuery query = request.Query with { Scope = scope, Explain = true };
        using IDisposable? place = await scope.EnterSearchAsync(cancellationToken).ConfigureAwait(false);

        HistoryLeg? history = await learning.LegAsync(scope, caller, cancellationToken).ConfigureAwait(false);
        ToolSearchResult ranked = await search.Workloads.RankAsync(index, query, Deepest, history, cancellationToken).ConfigureAwait(false);
        return new Explanation
        {
            Hits = [.. ranked.Hits.Take(limit)],
            Confidence = ranked.Confidence,
            Candidates = ranked.Hits.Count,
            EncoderFault = ranked.EncoderFault,
            Tool = request.Tool is null ? null : await PlaceAsync(request, caller, scope, index, ranked.Hits, limit, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<ToolPlacement> PlaceAsync(
        ExplanationRequest request, CallerIdentity caller, VisibilityScope scope, ToolIndex index, IReadOnlyList<ToolHit> ranked, int limit, CancellationToken cancellationToken)
    {
        string asked = request.Tool!;
        IReadOnlyList<IndexedTool> visible = index.FindByName(asked, scope);
        if (visible.Count == 1)
        {
            return Rank(asked, visible[0], ranked, limit);
        }

        if (visible.Count > 1)
        {
            return Ambiguous(asked, visible);
        }

        string? withheld = withheldReason.Find(asked, request.RevealHidden ? VisibilityScope.Everything : scope);
        if (withheld is not null)
        {
            return new ToolPlacement { Asked = asked, Kind = PlacementKind.Withheld, Reason = withheld };
        }

        if (!request.RevealHidden)
        {
            return Unknown(asked, index.ListTools(scope).Select(tool => $"{tool.ServerName}/{tool.Name}"));
        }

        IndexedServer[] servers = [.. index.Segments.SelectMany(view => view.Servers).OfType<IndexedServer>()];
        (IndexedServer Server, IndexedTool Tool)[] hidden =
        [
            .. servers.SelectMany(server => server.Block.Tools, (server, tool) => (server, tool))
                .Where(pair => pair.tool.Name == asked || (asked.Length == pair.server.Name.Length + 1 + pair.tool.Name.Length && asked == $"{pair.server.Name}/{pair.tool.Name}")),
        ];
        return hidden switch
        {
            [] => await UnknownToAllAsync(asked, servers, cancellationToken).ConfigureAwait(false),
            [{ } only] => await HiddenAsync(asked, only.Server, servers, caller, scope, cancellationToken).ConfigureAwait(false),
            _ => Ambiguous(asked, [.. hidden.Select(pair => pair.Tool)]),
        };
    }

    private static ToolPlacement Rank(string asked, IndexedTool tool, IReadOnlyList<ToolHit> ranked, int limit)
    {
        int at = ranked.Index().Where(hit => hit.Item.Tool.Id == tool.Id && hit.Item.Tool.ServerId == tool.ServerId).Select(hit => hit.Index).FirstOrDefault(-1);
        if (at < 0)
        {
            return new ToolPlacement
            {
                Asked = asked,
                Kind = PlacementKind.NotNear,
                Reason = $"The tool is visible, but {ranked.Count} others are nearer to the need by {(ranked.Any(hit => hit.Explanation?.SemanticRank is not null) ? "words and by meaning" : "words")}. Its name and description hold too little of what was asked.",
            };
        }

        ToolHit hit = ranked[at];
        bool isFound = at < limit;
        return new ToolPlacement
        {
            Asked = asked,
            Kind = isFound ? PlacementKind.Found : PlacementKind.Outranked,
            Reason = isFound
                ? $"It is hit {at + 1} of {Math.Min(limit, ranked.Count)}."
                : string.Create(CultureInfo.InvariantCulture, $"It is at place {at + 1}; {limit} are returned. Its score is {hit.Score:0.000}, that of the last hit {ranked[limit - 1].Score:0.000}. {Weakness(hit, ranked[limit - 1])}"),
            Rank = at + 1,
            Hit = hit,
            Ahead = isFound ? [] : [.. ranked.Take(at).Reverse().Take(MostAhead)],
        };
    }

    // Where the two differ more: in words, as ranked, or in meaning.
    private static string Weakness(ToolHit tool, ToolHit last)
    {
        HitExplanation own = tool.Explanation!;
        HitExplanation other = last.Explanation!;
        if (own.MatchedTerms.Count == 0)
        {
            return "None of its texts holds a word of the need.";
        }

        bool byWords = (own.LexicalRank ?? int.MaxValue) > (other.LexicalRank ?? int.MaxValue);
        bool byMeaning = own.SemanticRank is not null && own.SemanticRank > (other.SemanticRank ?? int.MaxValue);
        return (byWords, byMeaning) switch
        {
            (true, true) => "The last hit is before it by words and by meaning.",
            (true, false) => "The last hit is before it by words.",
            (false, true) => "The last hit is before it by meaning.",
            _ => "Neither words nor meaning alone put the last hit before it: together, or for one of several needs, they do.",
        };
    }

    private async Task<ToolPlacement> HiddenAsync(
        string asked, IndexedServer server, IndexedServer[] servers, CallerIdentity caller, VisibilityScope scope, CancellationToken cancellationToken)
    {
        if (server.Status != ServerStatus.Running)
        {
            string why = await faults.DescribeAsync(server.Name, cancellationToken).ConfigureAwait(false);
            return new ToolPlacement
            {
                Asked = asked,
                Kind = PlacementKind.ServerDown,
                Reason = $"The server '{server.Name}' is not running ({server.Status.ToString().ToLowerInvariant()}); its tools are kept and hidden.{why}",
            };
        }

        if (scope.Groups is { } groups && !groups.Contains(server.Group))
        {
            return new ToolPlacement
            {
                Asked = asked,
                Kind = PlacementKind.Group,
                Reason = $"The server '{server.Name}' is in the group '{server.Group}'; visible are: {string.Join(", ", groups.Order(StringComparer.Ordinal))}.",
            };
        }

        string who = caller.Profile is null && caller.Subject is null ? "The settings hide" : $"The profile '{caller.Profile ?? "of " + caller.Subject}' hides";
        if (scope.AllowsServer is { } allows && !allows(server.Name))
        {
            return new ToolPlacement { Asked = asked, Kind = PlacementKind.Profile, Reason = $"{who} the server '{server.Name}'." };
        }

        bool stoodFor = scope.Groups is not null && !server.VirtualMcp
            && servers.Any(other => other.VirtualMcp && other.Status == ServerStatus.Running && other.Group == server.Group);
        return stoodFor
            ? new ToolPlacement { Asked = asked, Kind = PlacementKind.Group, Reason = $"The group '{server.Group}' has a running virtual MCP server, which stands for '{server.Name}'." }
            : new ToolPlacement { Asked = asked, Kind = PlacementKind.Profile, Reason = $"{who} the tool: its allow list, deny list or read-only rule." };
    }

    private async Task<ToolPlacement> UnknownToAllAsync(string asked, IndexedServer[] servers, CancellationToken cancellationToken)
    {
        IndexedServer? server = servers.FirstOrDefault(server => asked.StartsWith(server.Name + "/", StringComparison.Ordinal));
        if (server is null)
        {
            string? named = asked.Contains('/', StringComparison.Ordinal) ? asked[..asked.LastIndexOf('/')] : null;
            string fault = named is null ? "" : await faults.DescribeAsync(named, cancellationToken).ConfigureAwait(false);
            ToolPlacement unknown = Unknown(asked, servers.SelectMany(known => known.Block.Tools).Select(tool => $"{tool.ServerName}/{tool.Name}"));
            return fault.Length == 0 ? unknown : unknown with { Kind = PlacementKind.ServerDown, Reason = $"None of its tools is known.{fault}" };
        }

        string why = await faults.DescribeAsync(server.Name, cancellationToken).ConfigureAwait(false);
        return server.Block.Tools.Length == 0
            ? new ToolPlacement { Asked = asked, Kind = PlacementKind.ServerDown, Reason = $"The server '{server.Name}' is known, but has listed no tools so far.{why}" }
            : new ToolPlacement
            {
                Asked = asked,
                Kind = PlacementKind.Unknown,
                Reason = $"The server '{server.Name}' has no such tool.{NearestName.Hint(asked[(server.Name.Length + 1)..], server.Block.Tools.Select(tool => tool.Name))}{why}",
            };
    }

    private static ToolPlacement Unknown(string asked, IEnumerable<string> known) =>
        new() { Asked = asked, Kind = PlacementKind.Unknown, Reason = $"There is no tool '{asked}'.{NearestName.Hint(asked, known)}" };

    private static ToolPlacement Ambiguous(string asked, IReadOnlyList<IndexedTool> tools) => new()
    {
        Asked = asked,
        Kind = PlacementKind.Ambiguous,
        Reason = $"'{asked}' is ambiguous: {string.Join(", ", tools.Take(MostNamed).Select(tool => $"{tool.ServerName}/{tool.Name}"))}.",
    };
}
