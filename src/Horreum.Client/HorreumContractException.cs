using Horreum.Client.Models;

namespace Horreum.Client;

/// <summary>A request that the services refuse, with the error that the Source MCP Contract prescribes.</summary>
public sealed class HorreumContractException : Exception
{
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
        string shown = received is null ? "missing" : received.Length <= 100 ? received : received[..100] + "…";
        Dictionary<string, string> details = new() { ["parameter"] = parameter, ["received"] = shown, ["expected"] = expected };
        string quoted = received is null ? shown : $"'{shown}'";
        return Refuse(ErrorCode.InvalidRequest, $"{parameter} is {quoted}: expected {expected}.", details, suggestion);
    }

    /// <summary>Something that does not exist.</summary>
    /// <param name="kind">What it is: run, test, dataset, schema.</param>
    /// <param name="key">What was asked for.</param>
    /// <param name="suggestion">What exists and is close; null when nothing is.</param>
    public static HorreumContractException NotFound(string kind, string key, string? suggestion = null) =>
        Refuse(ErrorCode.NotFound, $"Horreum has no {kind} {key}, or the credential may not see it.", new() { [kind] = key }, suggestion);

    internal static HorreumContractException UnknownTool(string name, string? suggestion) =>
        Refuse(ErrorCode.NotFound, $"This server has no tool '{name}'.", new() { ["tool"] = name }, suggestion);

    private static HorreumContractException Refuse(ErrorCode code, string message, Dictionary<string, string> details, string? suggestion)
    {
        if (suggestion is not null)
        {
            details["suggestion"] = suggestion;
            message += $" Did you mean '{suggestion}'?";
        }

        return new HorreumContractException(new ContractError(code, message) { Details = details });
    }
}
