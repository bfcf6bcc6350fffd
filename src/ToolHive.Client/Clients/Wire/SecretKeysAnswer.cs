using ToolHive.Client.Models.Secrets;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Names of all secrets.</summary>
internal sealed record SecretKeysAnswer
{
    public IReadOnlyList<SecretKey>? Keys { get; init; }
}
