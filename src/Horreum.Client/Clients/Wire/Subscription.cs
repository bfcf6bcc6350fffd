using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>Who is notified about a test.</summary>
public sealed record Subscription
{
    /// <summary>Its id.</summary>
    public int? Id { get; init; }

    /// <summary>User names.</summary>
    public IReadOnlyList<string> Users { get => field ?? []; init; }

    /// <summary>Users who do not want to be notified.</summary>
    [JsonPropertyName("optout")]
    public IReadOnlyList<string> OptOut { get => field ?? []; init; }

    /// <summary>Teams.</summary>
    public IReadOnlyList<string> Teams { get => field ?? []; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }
}
