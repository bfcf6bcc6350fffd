namespace Shared.Coder;

/// <summary>A template version of the fake.</summary>
public sealed record FakeVersion(FakeTemplate Template, IReadOnlyList<FakePreset> Presets)
{
    public Guid Id { get; } = FakeIds.Next();

    public string Name => $"version{Template.Versions.IndexOf(this) + 1}";
}
