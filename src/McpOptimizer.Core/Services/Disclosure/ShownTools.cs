using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Tokens;

namespace McpOptimizer.Core.Services.Disclosure;

/// <summary>Tools as answers show them: readable, no larger than one may be, and no deeper than every client reads.</summary>
internal sealed class ShownTools(ITokenCounter tokens)
{
    // Readers end at 64 levels, and the answer and its envelope take some of them.
    private const int DeepestShown = 48;

    private readonly ConditionalWeakTable<IndexedTool, Shown> _shown = [];

    /// <summary>The tool itself, or one of the same name with a definition that can be shown and the tokens of that.</summary>
    /// <param name="tool">As it was listed.</param>
    /// <param name="mostTokens">Most tokens of the definition.</param>
    public IndexedTool Of(IndexedTool tool, int mostTokens = int.MaxValue)
    {
        Shown shown = _shown.GetValue(tool, Prepare);
        return shown.Plain.TokenCount <= mostTokens && !shown.IsDeep ? shown.Plain : shown.Shorten(mostTokens, tokens);
    }

    /// <summary>What a tool is for and how it is called, in a line each.</summary>
    public ToolSummary SummaryOf(IndexedTool tool) => _shown.GetValue(tool, Prepare).Summary;

    private Shown Prepare(IndexedTool tool)
    {
        ReadOnlyMemory<byte> definition = tool.DefinitionJson;
        ReadOnlyMemory<byte> plain = JsonText.Plain(definition);
        return new Shown(tool, plain.Equals(definition) ? tool : With(tool, plain, tokens), JsonText.IsDeeperThan(plain.Span, DeepestShown));
    }

    private static IndexedTool With(IndexedTool tool, ReadOnlyMemory<byte> definition, ITokenCounter tokens) => new()
    {
        Id = tool.Id,
        ServerId = tool.ServerId,
        ServerName = tool.ServerName,
        Name = tool.Name,
        DefinitionJson = definition,
        TokenCount = tokens.Count(definition.Span),
    };

    private sealed class Shown(IndexedTool tool, IndexedTool plain, bool isDeep)
    {
        private ToolSummary? _summary;
        private Tuple<int, IndexedTool>? _last;

        public IndexedTool Plain => plain;

        public bool IsDeep => isDeep;

        public ToolSummary Summary => _summary ??= ToolSummarizer.Summarize(tool);

        // Asked with the same limit nearly always.
        public IndexedTool Shorten(int mostTokens, ITokenCounter tokens)
        {
            if (_last is { } last && last.Item1 == mostTokens)
            {
                return last.Item2;
            }

            IndexedTool shorter = With(plain, DefinitionShortener.Shorten(plain, mostTokens, tokens), tokens);
            _last = Tuple.Create(mostTokens, shorter);
            return shorter;
        }
    }
}
