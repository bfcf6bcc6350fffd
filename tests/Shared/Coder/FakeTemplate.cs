namespace Shared.Coder;

/// <summary>A template of the fake, with one active version and perhaps older ones.</summary>
public sealed class FakeTemplate
{
    public Guid Id { get; } = FakeIds.Next();

    public required string Name { get; init; }

    public string DisplayName { get; init; } = "";

    /// <summary>Name of the organization that owns it.</summary>
    public string Organization { get; init; } = "coder";

    /// <summary>Why it is not to be used any more; null when it is.</summary>
    public string? Deprecation { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Names of the parameters of every version.</summary>
    public IList<string> Parameters { get; init; } = ["AI Prompt", "system_prompt"];

    /// <summary>Whether Coder lists it under <c>has-ai-task:true</c>.</summary>
    public bool HasAiTask { get; init; } = true;

    /// <summary>Whether an ordinary user may cancel builds.</summary>
    public bool AllowCancel { get; set; }

    /// <summary>Versions, the active one last.</summary>
    public IList<FakeVersion> Versions { get; } = [];

    public FakeVersion Active => Versions[^1];

    /// <summary>Publishes a new version with the presets of these names; the first is the default.</summary>
    public FakeVersion Publish(params string[] presets)
    {
        FakeVersion version = new(this, [.. presets.Select((name, index) => new FakePreset(FakeIds.Next(), name, index == 0))]);
        Versions.Add(version);
        return version;
    }
}
