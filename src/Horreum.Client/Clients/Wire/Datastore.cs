using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>Where a team's runs come from.</summary>
public sealed record Datastore
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Settings, depending on the kind.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Kind.</summary>
    public string? Type { get; init; }
}
