namespace Horreum.Client.Clients.Wire;

/// <summary>One way in which a user or team is notified.</summary>
public sealed record NotificationSettings
{
    /// <summary>Its id.</summary>
    public int? Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it belongs to a team and not to a user.</summary>
    public bool IsTeam { get; init; }

    /// <summary>How to notify, for example <c>email</c>.</summary>
    public string? Method { get; init; }

    /// <summary>Where to, for example an e-mail address.</summary>
    public string? Data { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }
}
