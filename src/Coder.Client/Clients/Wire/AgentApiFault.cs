namespace Coder.Client.Clients.Wire;

/// <summary>AgentAPI reports trouble with its agent.</summary>
public sealed record AgentApiFault : AgentApiEvent
{
    /// <summary>What is wrong.</summary>
    public string? Message { get; init; }

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public string? Level { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }
}
