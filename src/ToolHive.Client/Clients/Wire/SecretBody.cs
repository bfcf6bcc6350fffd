namespace ToolHive.Client.Clients.Wire;

/// <summary>A secret's name and value; the name is left out when only the value changes.</summary>
internal sealed record SecretBody
{
    public string? Key { get; init; }

    public string? Value { get; init; }
}
