using Coder.Client.Models;

namespace Coder.Client.Services;

/// <summary>The sentences for broken rules: what was given, which rule, what is legal.</summary>
internal static class Faults
{
    private const int MostNames = 20;

    public static FleetException Invalid(string field, string? value, string message) =>
        new(FleetErrorCode.InvalidInput, message) { Details = Details(("field", field), ("value", Short(value))) };

    public static FleetException AgentNotFound(string name, IEnumerable<string> known) =>
        NotFound("agent", name, $"Agent '{Short(name)}' not found.", known);

    public static FleetException NotFound(string kind, string name, string sentence, IEnumerable<string> known)
    {
        string[] names = [.. known.Order(StringComparer.OrdinalIgnoreCase)];
        string? nearest = NearestName.Find(name, names);
        string choices = names.Length == 0 ? $"There are no {kind}s." : $"Existing {kind}s: {List(names)}.";
        string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        return new FleetException(FleetErrorCode.NotFound, $"{sentence}{hint} {choices}") { Details = Details((kind, Short(name)), ("nearest", nearest)) };
    }

    public static FleetException NameInUse(string name) =>
        new(FleetErrorCode.Conflict, $"Agent '{Short(name)}' already exists. Names are unique without regard to case: choose another one, or delete that agent first.")
        {
            Details = Details(("agent_name", name)),
        };

    public static FleetException Busy(Agent agent, string rule) => State(agent, FleetErrorCode.Conflict, "idle", rule);

    public static FleetException Offline(Agent agent, string rule) => State(agent, FleetErrorCode.InvalidInput, "idle", rule);

    public static FleetException NotBusy(Agent agent, string rule) => State(agent, FleetErrorCode.InvalidInput, "busy", rule);

    public static FleetException BuildFailed(Agent agent, AgentBuild build) =>
        new(
            FleetErrorCode.BuildFailed,
            $"The {build.Transition} build of agent '{agent.Name}' ended as '{build.Status}'{(build.Error is null ? "." : ": " + Short(build.Error))}")
        {
            Details = Details(("agent_name", agent.Name), ("build_id", build.Id.ToString()), ("build_status", build.Status)),
        };

    public static FleetException TooLong(Agent agent, TimeSpan limit, string what) =>
        new(FleetErrorCode.Unavailable, $"Agent '{agent.Name}': {what} took longer than {limit.TotalSeconds:0.#} s. Call again to go on waiting.")
        {
            Details = Details(
                ("agent_name", agent.Name), ("limit_seconds", limit.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture))),
        };

    public static FleetException Unreachable(Agent agent, string what, Exception cause) =>
        new(FleetErrorCode.Unavailable, $"Agent '{agent.Name}' is {agent.Status.ToWord()}, but {what}: {Short(cause.Message)} Try again in a moment.", cause)
        {
            Details = Details(("agent_name", agent.Name), ("status", agent.Status.ToWord())),
        };

    public static FleetException Dormant(Agent agent, Exception cause) =>
        new(FleetErrorCode.Conflict, $"Agent '{agent.Name}' is dormant and Coder does not wake it: {Short(cause.Message)} ({agent.StatusReason}).", cause)
        {
            Details = Details(("agent_name", agent.Name), ("status", agent.Status.ToWord())),
        };

    public static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static FleetException State(Agent agent, FleetErrorCode code, string required, string rule) =>
        new(code, $"Agent '{agent.Name}' is {agent.Status.ToWord()}: {rule}")
        {
            Details = Details(("agent_name", agent.Name), ("status", agent.Status.ToWord()), ("required_status", required)),
        };

    private static string Short(string? text) => text is null ? "" : VisibleText.Shorten(text);

    private static Dictionary<string, string> Details(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        Dictionary<string, string> details = [];
        foreach ((string name, string? value) in values)
        {
            if (value is not null)
            {
                details[name] = value;
            }
        }

        return details;
    }
}
