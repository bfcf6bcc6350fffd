using Coder.Client.Services;

namespace Coder.Client.Tools;

/// <summary>Parameters that many tools share, with the limits that the services keep.</summary>
internal static class AgentParameters
{
    private const int LongestWait = 3600;
    private const int LongestProjectName = 200;

    public static ToolParameter AgentName { get; } = new("agent_name", ToolParameterKind.Text, "Name of the agent, without regard to case.")
    {
        Required = true,
        Length = (1, NameRules.Longest),
    };

    public static ToolParameter Owner { get; } =
        new("owner", ToolParameterKind.Text, "User name of the owner, to look at somebody else's agent; null is the configured owner.");

    public static ToolParameter Organization { get; } =
        new("organization", ToolParameterKind.Text, "Organization of the project, where the name of the project does not say it alone.");

    public static ToolParameter WaitSeconds { get; } =
        new("wait_seconds", ToolParameterKind.Integer, "Seconds to wait until the agent is idle, with progress; 0 returns at once.")
        {
            Default = 0,
            Minimum = 0,
            Maximum = LongestWait,
        };

    public static ToolParameter TimeoutSeconds { get; } = WaitSeconds with { Name = "timeout_seconds", Description = "Longest wait in seconds.", Default = 300 };

    public static ToolParameter Page { get; } = new("page", ToolParameterKind.Integer, "Page, counted from 1, newest first.")
    {
        Default = 1,
        Minimum = 1,
        Maximum = int.MaxValue,
    };

    public static ToolParameter PageSize(string description, int size) =>
        new("page_size", ToolParameterKind.Integer, description) { Default = size, Minimum = 1, Maximum = Paging.LargestPage };

    public static ToolParameter Project(string description) => new("project", ToolParameterKind.Text, description) { Required = true, Length = (1, LongestProjectName) };

    public static ToolParameter Task(string name, string description) => new(name, ToolParameterKind.Text, description) { Required = true, Length = (1, TaskTextRules.Longest) };
}
