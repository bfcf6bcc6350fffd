namespace TrimSmoke;

/// <summary>How many numbers there were and what they add up to.</summary>
internal sealed record Sum(int Count, int Total);
