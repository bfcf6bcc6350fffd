using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Tools.Results;

/// <summary>A setting that a server reads.</summary>
internal sealed record SettingInfo
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string? Description { get; init; }

    public required bool Required { get; init; }

    public required bool Secret { get; init; }

    public string? Default { get; init; }

    public IReadOnlyList<string>? Choices { get; init; }

    public static SettingInfo From(ServerSetting setting) => new()
    {
        Name = setting.Name,
        Kind = setting.Kind,
        Description = setting.Description,
        Required = setting.IsRequired,
        Secret = setting.IsSecret,
        Default = setting.Default,
        Choices = setting.Choices.Count == 0 ? null : setting.Choices,
    };
}
