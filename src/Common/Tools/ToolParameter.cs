using System.Globalization;
using System.Text.Json.Nodes;

namespace Common.Tools;

/// <summary>One parameter of a tool: what its schema says, what a call is checked by, and what an error calls it come from here.</summary>
/// <param name="Name">Its name; when that is camelCase, snake_case is accepted as well.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Description">What it means, for people and models.</param>
internal sealed record ToolParameter(string Name, ToolParameterKind Kind, string Description)
{
    /// <summary>Whether a call without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Its schema as written, without the description, for what no kind's schema says; null takes the kind's.</summary>
    public string? Schema { get; init; }

    /// <summary>What a call without it means: a number, a text or a truth value; null when the tool is to know that it was left out.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Least value of an integer.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest value of an integer.</summary>
    public long? Maximum { get; init; }

    /// <summary>Least and most characters of a text, for the schema. The service judges texts: it can say what is wrong with one.</summary>
    public (int Least, int Most)? Length { get; init; }

    /// <summary>
    /// Most characters that are read of a text, or of all texts of a list or an object; null leaves it to the service. The schema does not say it: nobody
    /// means more.
    /// </summary>
    public int? Longest { get; init; }

    /// <summary>Regular expression of a text, for the schema.</summary>
    public string? Pattern { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other names that older callers use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What is legal, for errors; unless it is said, what the kind takes.</summary>
    public string Expected { get => field ?? ExpectedByKind; init; }

    private string ExpectedByKind => Kind switch
    {
        ToolParameterKind.Id => "an id: an integer from 1",
        ToolParameterKind.Integer => "an integer" + Range(),
        ToolParameterKind.Flag => "true or false",
        ToolParameterKind.Choice => string.Join(" or ", Choices),
        ToolParameterKind.Words => "a text or a list of texts",
        ToolParameterKind.Texts => "an object of texts",
        ToolParameterKind.Filter => "a JSON object or a text",
        ToolParameterKind.Json => "any JSON",
        _ => "a text",
    };

    /// <summary>Whether a caller who writes this name means this parameter.</summary>
    public bool IsCalled(string name) => IsSpelling(Name, name) || Aliases.Any(alias => IsSpelling(alias, name));

    /// <summary>Whether both are one name: the same, or the second is the first in snake_case.</summary>
    public static bool IsSpelling(string declared, string name) => name == declared || name == ToolSpelling.ToSnake(declared);

    private string Range() => (Minimum, Maximum) switch
    {
        (null, null) => "",
        ({ } least, null or int.MaxValue or long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $" from {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
    };
}
