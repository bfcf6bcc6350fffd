using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Something the server does when an event happens: an HTTP call, an issue, a message.</summary>
public sealed record TestAction
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Event that triggers it, for example <c>run/new</c>.</summary>
    public string? Event { get; init; }

    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Settings, depending on the kind.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Secrets; never answered.</summary>
    public ActionSecrets? Secrets { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Whether it is in effect.</summary>
    public bool Active { get; init; }

    /// <summary>Whether it also runs when notifications of the test are off.</summary>
    public bool RunAlways { get; init; }
}
