using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ShowAgentTaskHistoryTool(ITaskService tasks)
{
    [McpServerTool(
        Name =
            "show_agent_task_history", Title =
                "Show task history", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Shows what an agent reported about its work, newest first, in pages.")]
    public async Task<HistoryResult> ShowAgentTaskHistoryAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Page, counted from 1, newest first."), Range(1, int.MaxValue)] int page = 1,
        [Description("Reports on a page."), Range(1, 100)] int page_size = 20,
        [Description("User name of the owner, to look at somebody else's agent; null is the configured owner.")] string? owner = null,
        CancellationToken cancellationToken = default)
    {
        return Views.History(await tasks.GetHistoryAsync(agent_name, new PageRequest(page, page_size), owner, cancellationToken).ConfigureAwait(false));
    }
}
