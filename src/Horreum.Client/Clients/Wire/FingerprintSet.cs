namespace Horreum.Client.Clients.Wire;

/// <summary>One fingerprint of a test.</summary>
public sealed record FingerprintSet
{
    /// <summary>The values.</summary>
    public IReadOnlyList<FingerprintValue> Values { get => field ?? []; init; }
}
