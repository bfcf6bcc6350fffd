using System.Text.Json;
using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>A provider's wire format. A conversation is kept in the provider's own shape, so that what an answer carries besides words goes back unchanged.</summary>
internal interface ILlmDialect
{
    /// <summary>Where requests go.</summary>
    Uri Address { get; }

    /// <summary>Puts the key into a header.</summary>
    void Authorize(HttpRequestMessage request);

    /// <summary>A conversation's first turn.</summary>
    JsonNode Ask(string text);

    /// <summary>The turns that carry results.</summary>
    IEnumerable<JsonNode> Answer(IReadOnlyList<LlmToolResult> results);

    /// <summary>A request's body.</summary>
    JsonObject Body(string system, IReadOnlyList<JsonNode> turns, IReadOnlyList<LlmTool> tools);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It has not the provider's shape.</exception>
    LlmReply Read(JsonNode answer);
}
