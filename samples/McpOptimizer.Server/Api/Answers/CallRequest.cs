using System.Text.Json;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>A call that is wanted, or the answers that one waits for.</summary>
/// <param name="Server">The server.</param>
/// <param name="Tool">The tool's own name.</param>
/// <param name="Arguments">An object; absent for none.</param>
/// <param name="Profile">As the parameter of the other endpoints.</param>
/// <param name="CanAnswer">Whether a person is there whom the tool may ask: a question is then the answer, with status input_required.</param>
/// <param name="State">For a call that asked: its state, to go on with it.</param>
/// <param name="Answers">With a state: an MCP result for each question by its key. A question without one is refused.</param>
internal sealed record CallRequest(
    string Server, string Tool, JsonElement? Arguments = null, string? Profile = null, bool CanAnswer = false, string? State = null, IReadOnlyDictionary<string, JsonElement>? Answers = null);
