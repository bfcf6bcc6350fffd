namespace Horreum.Server.Llm;

/// <summary>Which LLM answers <c>POST /api/query</c>. Not a record: its text must not show the key.</summary>
public sealed class LlmSettings
{
    /// <summary>Its wire format.</summary>
    public required LlmProvider Provider { get; init; }

    /// <summary>Its key; sent in a header to <see cref="BaseAddress"/> only.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Its model.</summary>
    public required string Model { get; init; }

    /// <summary>Where its API begins, without a slash at the end.</summary>
    public required string BaseAddress { get; init; }

    /// <summary>Deployment on Azure.</summary>
    public string? Deployment { get; init; }

    /// <summary>Project that pays for Gemini, for <c>x-goog-user-project</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Longest wait for one answer of the LLM.</summary>
    public TimeSpan CallTimeout { get; init; }

    /// <summary>Longest time for a query with all its calls.</summary>
    public TimeSpan QueryTimeout { get; init; }

    /// <summary>Calls of the LLM for one query.</summary>
    public int MaxRounds { get; init; }

    /// <summary>Bytes of a tool's result that the LLM gets to see.</summary>
    public int MaxResultBytes { get; init; }

    /// <summary>What is risky about how the key travels; null when nothing is.</summary>
    public string? Warning => new Uri(BaseAddress) is { Scheme: "http", IsLoopback: false, Host: var host }
        ? $"the key of the LLM travels unencrypted to {host}; use https"
        : null;
}
