using System.Security.Cryptography;
using System.Text;

namespace McpOptimizer.Server.Running;

/// <summary>
/// Tells the optimizer that wrote a mark from whatever else listens at its port by now. It is asked before any secret is sent there.
/// </summary>
internal static class RunningProof
{
    /// <summary>Where it is asked: <c>GET /command-line/running?challenge=…</c>, by anybody.</summary>
    public const string Path = "/command-line/running";

    private const int Bytes = 32;
    private const int LongestChallenge = 128;

    /// <summary>A new key, or a new challenge.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What only the owner of the key can answer.</summary>
    public static string Of(string key, string challenge) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(challenge)));

    /// <summary>Whether an answer is the right one.</summary>
    public static bool Holds(string key, string challenge, string answer) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key, challenge)), Encoding.UTF8.GetBytes(answer));

    /// <summary>Answers challenges in a serving optimizer.</summary>
    public static void Map(IEndpointRouteBuilder app, string key) => app.MapGet(Path, (RequestDelegate)(context =>
    {
        if (context.Request.Query["challenge"] is not [{ Length: > 0 and <= LongestChallenge } challenge])
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Of(key, challenge), context.RequestAborted);
    })).AllowAnonymous();
}
