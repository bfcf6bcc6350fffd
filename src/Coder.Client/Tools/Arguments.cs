using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Client.Tools;

/// <summary>Arguments that need more than their type.</summary>
internal static class Arguments
{
    public static AgentStatus? OptionalStatus(string? word, string field) => string.IsNullOrWhiteSpace(word) ? null : Status(word, field);

    public static AgentStatus Status(string word, string field) => ArgumentRules.Status(word, field);

    /// <summary>The text as the agent gets it.</summary>
    public static string Task(string text, string field) => TaskTextRules.Check(text, field);

    public static TimeSpan Seconds(int seconds, string field) => ArgumentRules.Seconds(seconds, field);
}
