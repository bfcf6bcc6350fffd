using Microsoft.AspNetCore.Http;

namespace Hosting.Security;

/// <summary>A stream that stays open must not outlive the right to it.</summary>
internal static class TokenEnd
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>Cancelled when the caller's token ends; never for a token without end. A client opens the stream again with its next token.</summary>
    public static CancellationTokenSource Of(HttpContext context, McpHostOptions options, TimeProvider time)
    {
        if (HostUser.End(context.User) is not { } end)
        {
            return new CancellationTokenSource();
        }

        TimeSpan left = end + options.Jwt.ClockSkew - time.GetUtcNow();
        return new CancellationTokenSource(left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left, time);
    }
}
