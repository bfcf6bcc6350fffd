namespace Coder.Client.Models;

/// <summary>The words for statuses.</summary>
public static class AgentStatusNames
{
    /// <summary>All words, in the order of an agent's life.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["pending", "starting", "idle", "busy", "stopping", "stopped", "failed", "canceling", "canceled", "deleting", "deleted"];

    /// <summary>The word for a status, lower case.</summary>
    public static string ToWord(this AgentStatus status) => status switch
    {
        AgentStatus.Pending => "pending",
        AgentStatus.Starting => "starting",
        AgentStatus.Idle => "idle",
        AgentStatus.Busy => "busy",
        AgentStatus.Stopping => "stopping",
        AgentStatus.Stopped => "stopped",
        AgentStatus.Canceling => "canceling",
        AgentStatus.Canceled => "canceled",
        AgentStatus.Deleting => "deleting",
        AgentStatus.Deleted => "deleted",
        _ => "failed",
    };

    /// <summary>Reads a word without regard to case; false when it names no status.</summary>
    public static bool TryParse(string? word, out AgentStatus status)
    {
        foreach (AgentStatus candidate in Enum.GetValues<AgentStatus>())
        {
            if (candidate.ToWord().Equals(word?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                status = candidate;
                return true;
            }
        }

        status = default;
        return false;
    }
}
