using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>The work of agents: giving, interrupting and following it.</summary>
public interface ITaskService
{
    /// <summary>Gives an idle agent of the configured owner a task. Not safe to repeat.</summary>
    Task<Agent> StartAsync(string agentName, string text, CancellationToken cancellationToken = default);

    /// <summary>
    /// Interrupts a busy agent of the configured owner and looks for a few seconds whether it stops; interrupts once more when it does not.
    /// </summary>
    Task<CancelOutcome> CancelAsync(string agentName, CancellationToken cancellationToken = default);

    /// <summary>What the agent reported, newest first. A page past the end is empty.</summary>
    Task<Page<HistoryItem>> GetHistoryAsync(string agentName, PageRequest page, string? owner = null, CancellationToken cancellationToken = default);

    /// <summary>The conversation with the agent, newest first. A page past the end is empty.</summary>
    Task<Page<LogEntry>> GetLogAsync(string agentName, LogRequest request, string? owner = null, CancellationToken cancellationToken = default);
}
