using System.Globalization;
using System.Text.Json;

namespace Common.Tools;

/// <summary>An argument that a tool refuses. The message says it in one sentence; a package with errors of its own makes them from the parts.</summary>
internal sealed class ToolArgumentException : Exception
{
    private const int LongestShown = 100;

    private ToolArgumentException(ToolArgumentFault fault, string tool, string argument, string sentence)
        : base(tool + sentence)
    {
        (Fault, Tool, Argument) = (fault, tool, argument);
    }

    /// <summary>What is wrong.</summary>
    public ToolArgumentFault Fault { get; }

    /// <summary>The tool.</summary>
    public string Tool { get; }

    /// <summary>The argument: as the tool declares it, or as the caller wrote it when the tool has none of that name.</summary>
    public string Argument { get; }

    /// <summary>What came; undefined when nothing did.</summary>
    public JsonElement Received { get; private init; }

    /// <summary>What is legal.</summary>
    public string Expected { get; private init; } = "";

    /// <summary>What was probably meant; null when there is no good guess.</summary>
    public string? Nearest { get; private init; }

    /// <summary>The tool's parameters.</summary>
    public IReadOnlyList<string> Known { get; private init; } = [];

    /// <summary>A name that no parameter has.</summary>
    public static ToolArgumentException Unknown(ToolDeclaration tool, string name)
    {
        string[] known = [.. tool.Parameters.Select(parameter => parameter.Name)];
        string hint = known.Length == 0 ? " It takes none." : NearestName.Hint(name, known);
        string sentence = $" has no argument '{VisibleText.Shorten(name, LongestShown)}'.{hint}";
        return new ToolArgumentException(ToolArgumentFault.Unknown, tool.Name, name, sentence) { Nearest = NearestName.Find(name, known), Known = known };
    }

    /// <summary>A required argument that did not come.</summary>
    public static ToolArgumentException Missing(ToolDeclaration tool, string name, string expected) =>
        new(ToolArgumentFault.Missing, tool.Name, name, $" needs '{name}': {expected}.") { Expected = expected };

    /// <summary>A value of the wrong type, or out of range.</summary>
    public static ToolArgumentException Wrong(ToolDeclaration tool, string name, JsonElement received, string expected, string? nearest = null) =>
        new(ToolArgumentFault.Wrong, tool.Name, name, $": '{name}' is {Shorten(received)}; expected {expected}.")
        {
            Received = received.Clone(),
            Expected = expected,
            Nearest = nearest,
        };

    /// <summary>A text, or texts together, longer than what is read.</summary>
    public static ToolArgumentException TooLong(ToolDeclaration tool, string name, JsonElement received, int length, int most)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string sentence = string.Create(plain, $": '{name}' has {length:N0} characters; at most {most:N0} are read. Say it in fewer words.");
        string expected = string.Create(plain, $"at most {most:N0} characters");
        return new ToolArgumentException(ToolArgumentFault.Wrong, tool.Name, name, sentence) { Received = received.Clone(), Expected = expected };
    }

    private static string Shorten(JsonElement value) => VisibleText.Shorten(JsonText.Of(value), LongestShown);
}
