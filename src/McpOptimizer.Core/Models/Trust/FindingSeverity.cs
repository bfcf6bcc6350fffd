namespace McpOptimizer.Core.Models.Trust;

/// <summary>How far a finding is from what ordinary servers write.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; found in ordinary servers too.</summary>
    Low,

    /// <summary>Unusual; worth a look before it is approved.</summary>
    Medium,

    /// <summary>Practically never written for a human reader.</summary>
    High,
}
