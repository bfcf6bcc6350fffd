using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A test with its counts.</summary>
public sealed record TestSummary
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

    /// <summary>How many datasets it has.</summary>
    public long? Datasets { get; init; }

    /// <summary>How many runs it has, without trashed ones.</summary>
    public long? Runs { get; init; }

    /// <summary>Users and teams that watch the test.</summary>
    public IReadOnlyList<string> Watching { get => field ?? []; init; }

    /// <summary>Id of the datastore.</summary>
    public int DatastoreId { get; init; }
}
