using System.Text.Json;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>One line of a watch.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c>, <c>DELETED</c> or <c>BOOKMARK</c>; errors become exceptions.</param>
/// <param name="Resource">The resource.</param>
internal sealed record WatchEvent(string Type, JsonElement Resource);
