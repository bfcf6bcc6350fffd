// An MCP server over standard input and output: what the other ideas find and call.
using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<Clock>();
await builder.Build().RunAsync();

[McpServerToolType]
internal sealed class Clock
{
    [McpServerTool(Name = "days_between", ReadOnly = true), Description("How many days lie between two dates.")]
    public static int DaysBetween([Description("First date, as yyyy-MM-dd.")] DateOnly from, [Description("Last date, as yyyy-MM-dd.")] DateOnly to) => to.DayNumber - from.DayNumber;

    [McpServerTool(Name = "weekday", ReadOnly = true), Description("The day of the week of a date.")]
    public static string Weekday([Description("The date, as yyyy-MM-dd.")] DateOnly date) => date.DayOfWeek.ToString();

    [McpServerTool(Name = "set_alarm"), Description("Sets an alarm clock to wake somebody up.")]
    public static string SetAlarm([Description("When, as HH:mm.")] TimeOnly at) => $"An alarm would ring at {at:HH:mm}.";
}
