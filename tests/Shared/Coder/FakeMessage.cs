namespace Shared.Coder;

/// <summary>A message in AgentAPI's conversation.</summary>
public sealed record FakeMessage(long Id, string Role, string Content, DateTimeOffset Time);
