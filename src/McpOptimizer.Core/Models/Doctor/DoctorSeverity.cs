namespace McpOptimizer.Core.Models.Doctor;

/// <summary>How bad a finding is.</summary>
public enum DoctorSeverity
{
    /// <summary>Could be better.</summary>
    Info = 0,

    /// <summary>Costs accuracy or tokens.</summary>
    Warning,

    /// <summary>The tool is not found, or cannot be used by some clients.</summary>
    Error,
}
