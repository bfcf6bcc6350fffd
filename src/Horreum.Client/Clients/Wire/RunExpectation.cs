namespace Horreum.Client.Clients.Wire;

/// <summary>A run that was announced.</summary>
public sealed record RunExpectation
{
    /// <summary>Its id.</summary>
    public long? Id { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>When the server warns if it has not arrived.</summary>
    public DateTimeOffset ExpectedBefore { get; init; }

    /// <summary>Who announced it.</summary>
    public string? ExpectedBy { get; init; }

    /// <summary>URL of what announced it.</summary>
    public string? Backlink { get; init; }
}
