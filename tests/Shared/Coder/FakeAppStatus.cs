namespace Shared.Coder;

/// <summary>A report of the coding agent.</summary>
public sealed record FakeAppStatus(DateTimeOffset CreatedAt, string State, string Message, string Uri = "")
{
    public Guid Id { get; } = FakeIds.Next();
}
