using System.Text.Json;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The resources.</param>
/// <param name="ResourceVersion">Version of the whole listing.</param>
/// <param name="Continue">Where the next page begins; null on the last.</param>
internal sealed record ResourcePage(IReadOnlyList<JsonElement> Items, string? ResourceVersion, string? Continue);
