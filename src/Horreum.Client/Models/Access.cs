using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>Who may see something in Horreum. A word that a newer server sends is kept as it is.</summary>
/// <param name="Value">The server's word; null when it sent none.</param>
[JsonConverter(typeof(AccessJsonConverter))]
public readonly record struct Access(string? Value)
{
    /// <summary>Everybody, without signing in.</summary>
    public static Access Public { get; } = new("PUBLIC");

    /// <summary>Everybody who is signed in.</summary>
    public static Access Protected { get; } = new("PROTECTED");

    /// <summary>The team that owns it.</summary>
    public static Access Private { get; } = new("PRIVATE");

    /// <summary>The server's word, or <c>unknown</c>.</summary>
    public override string ToString() => Value ?? "unknown";
}
