namespace Coder.Client.Clients.Wire;

/// <summary>A message is new or has grown.</summary>
public sealed record AgentApiMessageUpdate : AgentApiEvent
{
    /// <summary>Id of the message.</summary>
    public long Id { get; init; }

    /// <summary><c>agent</c> or <c>user</c>.</summary>
    public string? Role { get; init; }

    /// <summary>The whole text so far.</summary>
    public string? Message { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }
}
