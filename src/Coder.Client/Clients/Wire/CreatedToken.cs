namespace Coder.Client.Clients.Wire;

/// <summary>A token that was just created: the only time its secret is shown.</summary>
/// <remarks>A class and not a record: a record's <c>ToString()</c> would print the secret.</remarks>
public sealed class CreatedToken
{
    /// <summary>The token: 10 characters, a hyphen, 22 characters.</summary>
    public string? Key { get; init; }
}
