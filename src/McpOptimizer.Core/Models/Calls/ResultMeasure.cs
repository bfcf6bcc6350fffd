using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>What is to be known of a result's text, found out in one pass over it.</summary>
/// <param name="Bytes">UTF-8 bytes of its compact JSON.</param>
/// <param name="IsDeep">Whether it is nested deeper than every reader of MCP messages reads.</param>
internal readonly record struct ResultMeasure(int Bytes, bool IsDeep)
{
    // Readers end at 64 levels; the envelope of a message takes some of them.
    private const int DeepestShown = 50;

    /// <summary>Measures a result.</summary>
    public static ResultMeasure Of(JsonObject result)
    {
        ReadOnlyMemory<byte> text = JsonText.WriteBytes(writer => result.WriteTo(writer));
        return new ResultMeasure(text.Length, JsonText.IsDeeperThan(text.Span, DeepestShown));
    }
}
