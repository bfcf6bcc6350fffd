using System.Globalization;
using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Rules for arguments that come as words and numbers.</summary>
internal static class ArgumentRules
{
    private const int LongestWait = 3600;

    public static AgentStatus Status(string? word, string field)
    {
        if (AgentStatusNames.TryParse(word, out AgentStatus status))
        {
            return status;
        }

        string? nearest = NearestName.Find(word ?? "", AgentStatusNames.All);
        string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw Faults.Invalid(field, word, $"'{VisibleText.Shorten(word ?? "", 60)}' is no status.{hint} Legal: {string.Join(", ", AgentStatusNames.All)}.");
    }

    public static TimeSpan Seconds(int seconds, string field) => seconds is >= 0 and <= LongestWait
        ? TimeSpan.FromSeconds(seconds)
        : throw Faults.Invalid(field, seconds.ToString(CultureInfo.InvariantCulture), $"A wait of {seconds} seconds is not possible: 0 to {LongestWait}.");
}
