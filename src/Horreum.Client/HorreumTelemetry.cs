namespace Horreum.Client;

/// <summary>Names under which the package reports what it does.</summary>
public static class HorreumTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "Horreum.Client";

    /// <summary>Counter of calls to Horreum; tags <c>endpoint</c> (the path without values) and <c>outcome</c> (status class, <c>timeout</c> …).</summary>
    public const string RequestCounter = "horreum_upstream_requests_total";

    /// <summary>Histogram of the time until Horreum's answer is read, in milliseconds; tag <c>endpoint</c>.</summary>
    public const string RequestDuration = "horreum_upstream_duration_ms";

    /// <summary>Counter of repeated calls; tag <c>endpoint</c>.</summary>
    public const string RetryCounter = "horreum_upstream_retries_total";

    /// <summary>Histogram of the wait for the rate limit, in milliseconds.</summary>
    public const string RateLimitWait = "horreum_rate_limit_wait_ms";

    /// <summary>Counter of tool calls, over MCP and HTTP alike; tags <c>tool</c> and <c>outcome</c> (<c>ok</c> or <c>error</c>).</summary>
    public const string ToolCounter = "mcp_tool_invocations_total";

    /// <summary>Histogram of the time a tool call takes, in milliseconds; tag <c>tool</c>.</summary>
    public const string ToolDuration = "mcp_tool_duration_ms";

    /// <summary>Counter of resource reads; tags <c>resource</c> and <c>outcome</c>.</summary>
    public const string ResourceCounter = "mcp_resource_invocations_total";

    /// <summary>Histogram of the time a resource read takes, in milliseconds; tag <c>resource</c>.</summary>
    public const string ResourceDuration = "mcp_resource_duration_ms";
}
