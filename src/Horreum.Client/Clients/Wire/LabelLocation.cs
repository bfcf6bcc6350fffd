namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label; members beyond these depend on <see cref="Type"/>.</summary>
public sealed record LabelLocation
{
    /// <summary>Kind of use.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }
}
