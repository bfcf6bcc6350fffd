namespace McpOptimizer.Core.Models.Doctor;

/// <summary>How a catalogue fares.</summary>
public sealed record DoctorReport
{
    /// <summary>Servers with visible tools.</summary>
    public required int Servers { get; init; }

    /// <summary>Visible tools.</summary>
    public required int Tools { get; init; }

    /// <summary>Tokens of all definitions.</summary>
    public required long Tokens { get; init; }

    /// <summary>Tools that their own purpose brings first.</summary>
    public required int FoundFirst { get; init; }

    /// <summary>Tools that their own purpose brings among the first five.</summary>
    public required int FoundAmongFive { get; init; }

    /// <summary>Visible tools for which a language model worded requests; null where the host had none asked.</summary>
    public int? Enriched { get; init; }

    /// <summary>What was found: the worst first, then by code and tool.</summary>
    public required IReadOnlyList<DoctorFinding> Findings { get; init; }
}
