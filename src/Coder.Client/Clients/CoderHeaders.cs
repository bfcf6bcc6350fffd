namespace Coder.Client.Clients;

/// <summary>Names that Coder gives to headers and cookies.</summary>
internal static class CoderHeaders
{
    public const string SessionToken = "Coder-Session-Token";
    public const string SessionCookie = "coder_session_token";
    public const string BuildVersion = "X-Coder-Build-Version";
    public const string RequestId = "X-Coder-Request-Id";
    public const string RateLimitReset = "X-Ratelimit-Reset";
}
