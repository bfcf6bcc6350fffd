using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>Rules for arguments that come as words.</summary>
internal static class ArgumentRules
{
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
}
