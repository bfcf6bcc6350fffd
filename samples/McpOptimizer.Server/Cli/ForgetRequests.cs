using System.Globalization;
using McpOptimizer.Core.Models.Learning;

namespace McpOptimizer.Server.Cli;

/// <summary>Reads what is to be forgotten; the same on the command line and over HTTP.</summary>
internal static class ForgetRequests
{
    /// <summary>The request that the words make.</summary>
    /// <exception cref="ArgumentException">Nothing is given and not "all", both are, or a value is not legal.</exception>
    public static ForgetRequest Of(string? profile, string? subject, string? server, string? tool, string? before, bool all)
    {
        bool any = (profile ?? subject ?? server ?? tool ?? before) is not null;
        if (any == all)
        {
            throw new ArgumentException("Say what is forgotten: profile, subject, server, tool or before (what fits all that are given), or all.");
        }

        string[] names = tool?.Split('/', 2) ?? [];
        if (tool is not null && (names.Length != 2 || names.Any(name => name.Length == 0) || (server is not null && server != names[0])))
        {
            throw new ArgumentException($"The tool '{VisibleText.Shorten(tool)}' is not SERVER/TOOL{(server is null ? "" : $" of the server '{VisibleText.Shorten(server)}'")}.");
        }

        DateTimeOffset at = default;
        if (before is not null && !DateTimeOffset.TryParse(before, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at))
        {
            throw new ArgumentException($"'{VisibleText.Shorten(before)}' is no date; write it like 2026-01-31 or 2026-01-31T12:00:00Z.");
        }

        return new ForgetRequest
        {
            Profile = profile,
            Subject = subject,
            ServerName = server ?? (names.Length == 2 ? names[0] : null),
            ToolName = names.Length == 2 ? names[1] : null,
            Before = before is null ? null : at,
        };
    }
}
