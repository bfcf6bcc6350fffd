using System.Text.Json.Nodes;

namespace Shared.ToolHive;

/// <summary>One request as it arrived.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path as sent, escapes kept.</param>
/// <param name="Query">Query as sent, with the question mark; empty for none.</param>
/// <param name="Body">Body text; empty for none.</param>
/// <param name="Headers">Headers by name.</param>
public sealed record JournalEntry(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON; null for none.</summary>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    public override string ToString() => $"{Method} {Path}{Query}";
}
