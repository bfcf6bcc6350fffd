using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Models.Explanations;

namespace McpOptimizer.Core.Tools;

/// <summary>Results of the services as the JSON that the tools answer with, for hosts that offer the same over HTTP or on a command line.</summary>
public static class OptimizerAnswers
{
    /// <summary>
    /// Compact JSON without nulls: <c>tools</c>, <c>token_metrics</c>, and, where they apply, <c>left_out</c>, <c>note</c>, <c>starting</c>, <c>withheld</c>,
    /// <c>installable</c>, <c>explanations</c>.
    /// </summary>
    public static string ToJson(this FindResult found) => FindAnswer.Write(found);

    /// <summary>
    /// Compact JSON without nulls: <c>servers</c>, <c>tools</c>, <c>tokens</c>, <c>found_first</c>, <c>found_among_five</c>, and <c>findings</c> with <c>severity</c>
    /// (info, warning, error), <c>code</c>, <c>tool</c>, <c>message</c>, <c>suggestion</c>, <c>effect</c>, <c>others</c>.
    /// </summary>
    public static string ToJson(this DoctorReport report) => DoctorAnswer.Write(report);

    /// <summary>
    /// Compact JSON without nulls: <c>confidence</c>, <c>candidates</c>, <c>hits</c> and, when a tool was in question, <c>tool</c> with <c>asked</c>, <c>placement</c>,
    /// <c>reason</c>, <c>rank</c>, <c>hit</c> and <c>ahead</c>. Scores are as a find's <c>explanations</c> give them.
    /// </summary>
    public static string ToJson(this Explanation explanation) => ExplanationAnswer.Write(explanation);

    /// <summary>The word for a kind, as the JSON has it: for example <c>server_down</c>.</summary>
    public static string ToWord(this PlacementKind kind) => ExplanationAnswer.WordOf(kind);
}
