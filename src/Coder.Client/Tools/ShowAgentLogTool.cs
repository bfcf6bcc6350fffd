using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Coder.Client.Models;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

internal sealed class ShowAgentLogTool(ITaskService tasks)
{
    [McpServerTool(
        Name =
            "show_agent_log", Title = "Show the log", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description(
        "Shows the conversation with an agent, newest first, in pages. By default only the newest entry; long entries are cut in the middle, with a marker.")]
    public async Task<LogResult> ShowAgentLogAsync(
        [Description("Name of the agent, without regard to case."), StringLength(32, MinimumLength = 1)] string agent_name,
        [Description("Page, counted from 1, newest first."), Range(1, int.MaxValue)] int page = 1,
        [Description("Entries on a page."), Range(1, 100)] int page_size = 1,
        [Description("Only entries with a higher id, to read on from an entry seen before.")] long? after_id = null,
        [Description("Characters before an entry is cut; null is the configured number."), Range(100, 1_000_000)] int? max_characters = null,
        [Description("User name of the owner, to look at somebody else's agent; null is the configured owner.")] string? owner = null,
        CancellationToken cancellationToken = default)
    {
        LogRequest request = new() { Page = new PageRequest(page, page_size), AfterId = after_id, MaxCharacters = max_characters };
        return Views.Log(await tasks.GetLogAsync(agent_name, request, owner, cancellationToken).ConfigureAwait(false));
    }
}
