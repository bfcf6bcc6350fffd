namespace Shared.Coder;

/// <summary>A preset of the fake.</summary>
public sealed record FakePreset(Guid Id, string Name, bool Default);
