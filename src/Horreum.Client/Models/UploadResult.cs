namespace Horreum.Client.Models;

/// <summary>What an upload created.</summary>
public sealed record UploadResult
{
    /// <summary>Ids of the runs; empty when Horreum has queued the upload.</summary>
    public IReadOnlyList<int> RunIds { get => field ?? []; init; }

    /// <summary>Whether Horreum works on it in the background.</summary>
    public bool Queued { get; init; }

    /// <summary>Whether nothing was sent.</summary>
    public bool DryRun { get; init; }
}
