namespace Coder.Client.Clients.Wire;

/// <summary>One message of the conversation that AgentAPI keeps.</summary>
public sealed record AgentApiMessage
{
    /// <summary>Orders the messages. The last agent message keeps changing while the agent runs.</summary>
    public long Id { get; init; }

    /// <summary>Text as the terminal shows it.</summary>
    public string? Content { get; init; }

    /// <summary><c>agent</c> or <c>user</c>.</summary>
    public string? Role { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }
}
