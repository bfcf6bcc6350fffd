using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Clients;

/// <summary>One server that a client has.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="As">Its name in our file.</param>
/// <param name="Client">The client.</param>
/// <param name="Outcome">What happens to it.</param>
/// <param name="Summary">What it is, without anything that may be secret.</param>
/// <param name="Needs">Environment variables that the optimizer must be given for it, for what the client asks its user.</param>
/// <param name="Entry">The entry as it would be written.</param>
internal sealed record ImportServer(
    string Name, string As, string Client, ImportOutcome Outcome, string Summary, IReadOnlyList<string> Needs, [property: JsonIgnore] JsonElement Entry);
