namespace Coder.Client.Clients.Wire;

/// <summary>RFC 7807 body of AgentAPI.</summary>
internal sealed record Problem
{
    public string? Title { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<ProblemItem> Errors { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
