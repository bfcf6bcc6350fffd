using System.Globalization;
using Horreum.Client.Models;

namespace Horreum.Client;

/// <summary>A request that the services refuse, with the error that the Source MCP Contract prescribes.</summary>
public sealed class HorreumContractException : Exception
{
    private const int LongestShown = 100;

    /// <summary>Refuses with an error.</summary>
    public HorreumContractException(ContractError error, Exception? inner = null)
        : base(error?.Message, inner)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>What is wrong.</summary>
    public ContractError Error { get; }

    /// <summary>A parameter that cannot be used.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="received">What came, shortened; null when nothing did.</param>
    /// <param name="expected">What is legal.</param>
    /// <param name="suggestion">What to send instead; null when there is no better guess.</param>
    public static HorreumContractException Invalid(string parameter, string? received, string expected, string? suggestion = null)
    {
        string shown = received is null ? "missing" : VisibleText.Shorten(received, LongestShown);
        Dictionary<string, string> details = new() { ["parameter"] = parameter, ["received"] = shown, ["expected"] = expected };
        return Refuse(ErrorCode.InvalidRequest, $"{parameter} is {(received is null ? shown : Quote(shown))}: expected {expected}.", details, suggestion);
    }

    /// <summary>Something that does not exist.</summary>
    /// <param name="kind">What it is: run, test, dataset, schema.</param>
    /// <param name="key">What was asked for: its id or its name.</param>
    /// <param name="known">The names that exist, of which the nearest is suggested, or all when they are few and none is near; empty when unknown.</param>
    public static HorreumContractException NotFound(string kind, string key, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        string shown = VisibleText.Shorten(key, LongestShown);
        string named = int.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? shown : Quote(shown);
        Dictionary<string, string> details = new() { [kind] = shown };
        string? suggestion = NearestName.Find(key, known) is { } near ? VisibleText.Shorten(near) : null;
        string hint = suggestion is null && known.Count > 0 ? NearestName.Hint(key, known) : "";
        return Refuse(ErrorCode.NotFound, $"Horreum has no {kind} {named}, or the credential may not see it.{hint}", details, suggestion);
    }

    internal static HorreumContractException UnknownTool(string name, string? suggestion)
    {
        string shown = VisibleText.Shorten(name, LongestShown);
        return Refuse(ErrorCode.NotFound, $"This server has no tool {Quote(shown)}.", new() { ["tool"] = shown }, suggestion);
    }

    internal static HorreumContractException Of(ToolArgumentException refused) => refused.Fault switch
    {
        ToolArgumentFault.Unknown => UnknownParameter(refused),
        ToolArgumentFault.Missing => Invalid(refused.Argument, null, refused.Expected),
        _ => Invalid(refused.Argument, refused.Received.ToString(), refused.Expected, refused.Nearest),
    };

    private static HorreumContractException UnknownParameter(ToolArgumentException refused)
    {
        IReadOnlyList<string> known = refused.Known;
        string shown = VisibleText.Shorten(refused.Argument, LongestShown);
        string expected = known.Count switch { 0 => "no parameters", 1 => known[0], _ => "one of " + string.Join(", ", known) };
        Dictionary<string, string> details = new() { ["parameter"] = "parameter", ["received"] = shown, ["expected"] = expected };
        string taken = known.Count == 0 ? "no parameters" : string.Join(", ", known);
        return Refuse(ErrorCode.InvalidRequest, $"{refused.Tool} has no parameter {Quote(shown)}: it takes {taken}.", details, refused.Nearest);
    }

    // A quote that the value does not contain, so that it shows where the value ends.
    private static string Quote(string value) => value.Contains('\'', StringComparison.Ordinal) ? $"\u201C{value}\u201D" : $"'{value}'";

    private static HorreumContractException Refuse(ErrorCode code, string message, Dictionary<string, string> details, string? suggestion)
    {
        if (suggestion is not null)
        {
            details["suggestion"] = suggestion;
            message += $" Did you mean {Quote(suggestion)}?";
        }

        return new HorreumContractException(new ContractError(code, message) { Details = details });
    }
}
