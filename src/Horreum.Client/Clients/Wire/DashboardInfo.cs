namespace Horreum.Client.Clients.Wire;

/// <summary>The dashboard of a test.</summary>
public sealed record DashboardInfo
{
    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Unique name.</summary>
    public string? Uid { get; init; }

    /// <summary>Its URL.</summary>
    public string? Url { get; init; }

    /// <summary>Panels, in order.</summary>
    public IReadOnlyList<PanelInfo> Panels { get => field ?? []; init; }
}
