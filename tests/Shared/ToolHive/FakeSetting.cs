using System.Text.Json.Nodes;

namespace Shared.ToolHive;

/// <summary>A variable or header of a registry entry.</summary>
public sealed record FakeSetting(string Name, string Description, bool Required = false, bool Secret = false, string? Default = null)
{
    internal JsonObject ToJson()
    {
        JsonObject json = new() { ["name"] = Name, ["description"] = Description, ["required"] = Required };
        if (Secret)
        {
            json["secret"] = true;
        }

        if (Default is not null)
        {
            json["default"] = Default;
        }

        return json;
    }
}
