using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A test with all its settings.</summary>
public sealed record Test
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Folder; null is the root.</summary>
    public string? Folder { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Id of the datastore that runs come from.</summary>
    public int DatastoreId { get; init; }

    /// <summary>Labels that give a datapoint's time.</summary>
    public IReadOnlyList<string> TimelineLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes a datapoint's time from the labels.</summary>
    public string? TimelineFunction { get; init; }

    /// <summary>Labels that form the fingerprint.</summary>
    public IReadOnlyList<string> FingerprintLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects fingerprints.</summary>
    public string? FingerprintFilter { get; init; }

    /// <summary>JavaScript function that makes the URL of a comparison of runs.</summary>
    public string? CompareUrl { get; init; }

    /// <summary>Transformers.</summary>
    public IReadOnlyList<Transformer> Transformers { get => field ?? []; init; }

    /// <summary>Whether watchers are notified.</summary>
    public bool NotificationsEnabled { get; init; }
}
