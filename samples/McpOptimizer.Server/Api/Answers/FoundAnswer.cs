using System.Text.Json;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>What was found.</summary>
internal sealed record FoundAnswer
{
    /// <summary>Best first.</summary>
    public required IReadOnlyList<HitAnswer> Hits { get; init; }

    /// <summary>How sure the ranking is that the first fits, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Whether the hits are guesses.</summary>
    public required bool NothingFits { get; init; }

    /// <summary>Whether the need is in a language that the encoder does not know.</summary>
    public required bool ByWordsAlone { get; init; }

    /// <summary>Hits that did not fit the budget at all.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Hits shown in short because of the budget.</summary>
    public required int Shortened { get; init; }

    /// <summary>The server of a withheld tool that seems to fit better.</summary>
    public string? WithheldBetter { get; init; }

    /// <summary>Whether servers are still being taken in.</summary>
    public required bool IsPending { get; init; }

    /// <summary>Which.</summary>
    public required IReadOnlyList<string> Starting { get; init; }

    /// <summary>What this saved.</summary>
    public required TokenMetricsAnswer TokenMetrics { get; init; }

    /// <summary>The answer of find_tool, to the letter.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>What that answer costs as a whole.</summary>
    public required int AnswerTokens { get; init; }
}
