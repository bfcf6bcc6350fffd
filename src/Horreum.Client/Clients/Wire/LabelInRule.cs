namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label in a missing-data rule.</summary>
public sealed record LabelInRule
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }

    /// <summary>Id of the rule.</summary>
    public int? RuleId { get; init; }

    /// <summary>Name of the rule.</summary>
    public string? RuleName { get; init; }
}
