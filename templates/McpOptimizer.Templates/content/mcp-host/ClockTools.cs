using System.ComponentModel;
using ModelContextProtocol.Server;

namespace CompanyMcpHost;

/// <summary>The tools of this server: replace them by your own. What stands in the descriptions is what a model decides by.</summary>
[McpServerToolType]
internal sealed class ClockTools
{
    [McpServerTool(Name = "current_time", ReadOnly = true), Description("The time now, in UTC or at an offset from it.")]
    public static string CurrentTime([Description("Hours from UTC, -12 to 14.")] double offsetHours = 0) =>
        offsetHours is >= -12 and <= 14
            ? DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromMinutes(Math.Round(offsetHours * 60))).ToString("O")
            : throw new ModelContextProtocol.McpException($"offsetHours is {offsetHours}; it must be -12 to 14.");

    [McpServerTool(Name = "days_between", ReadOnly = true), Description("How many days lie between two dates.")]
    public static int DaysBetween([Description("First date, as yyyy-MM-dd.")] DateOnly from, [Description("Last date, as yyyy-MM-dd.")] DateOnly to) =>
        to.DayNumber - from.DayNumber;
}
