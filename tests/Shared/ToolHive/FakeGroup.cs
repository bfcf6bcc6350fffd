using System.Text.Json.Nodes;

namespace Shared.ToolHive;

/// <summary>A group of the fake.</summary>
public sealed record FakeGroup(string Name)
{
    internal JsonObject ToJson() => new() { ["name"] = Name, ["registered_clients"] = null, ["skills"] = null, ["plugins"] = null };
}
