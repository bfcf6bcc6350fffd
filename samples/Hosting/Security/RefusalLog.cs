using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosting.Security;

/// <summary>
/// Tells the operator whom this host turned away and why, at a bounded rate for each kind: whoever knocks on every door must not fill the disk.
/// </summary>
internal sealed partial class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
{
    private const int LinesPerPeriod = 10;
    private const int ShownHash = 12;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Refused, (long Since, int Lines, int Silent)> _periods = [];

    public void Write(Refused kind, HttpContext context, string reason) => Write(kind, context.Connection.RemoteIpAddress, reason);

    public void Write(Refused kind, IPAddress? peer, string reason)
    {
        if (TryTake(kind) is { } silent)
        {
            string more = silent == 0 ? "" : $" ({silent} more of this kind were not logged)";
            LogRefused(peer?.ToString() ?? "an unknown address", VisibleText.Shorten(reason), more);
        }
    }

    /// <summary>A session id as logs may show it: whoever reads it cannot use it.</summary>
    public static string Hash(string sessionId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)))[..ShownHash];

    /// <summary>How many lines were left out before this one, or null when this one is to be left out too.</summary>
    private int? TryTake(Refused kind)
    {
        lock (_lock)
        {
            (long since, int lines, int silent) = _periods.TryGetValue(kind, out (long, int, int) period) ? period : (time.GetTimestamp(), 0, 0);
            if (time.GetElapsedTime(since) >= Period)
            {
                (since, lines) = (time.GetTimestamp(), 0);
            }

            bool full = lines == LinesPerPeriod;
            _periods[kind] = full ? (since, lines, silent + 1) : (since, lines + 1, 0);
            return full ? null : silent;
        }
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "Refused {Peer}: {Reason}{More}")]
    private partial void LogRefused(string peer, string reason, string more);
}
