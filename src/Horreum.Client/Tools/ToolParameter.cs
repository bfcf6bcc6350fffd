namespace Horreum.Client.Tools;

/// <summary>One parameter of a tool.</summary>
/// <param name="Name">Its name in camelCase; snake_case is accepted as well.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Description">What it means, for people and models.</param>
internal sealed record ToolParameter(string Name, ToolParameterKind Kind, string Description)
{
    /// <summary>Whether a call without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Least value of an integer.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>Largest value of an integer.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>Other names that older callers use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
