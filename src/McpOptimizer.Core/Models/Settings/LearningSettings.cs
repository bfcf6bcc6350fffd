using System.ComponentModel.DataAnnotations;

namespace McpOptimizer.Core.Models.Settings;

/// <summary>
/// Ranking that learns from use: a caller's search, followed by his own successful call of one of its hits, speaks for that tool at similar requests. Kept
/// per profile; never seen outside of it.
/// </summary>
public sealed class LearningSettings
{
    /// <summary>
    /// Whether use is remembered and counts. Off unless asked for: the vector of a request is kept, and words can partly be guessed from it, which is for
    /// the operator to decide.
    /// </summary>
    /// <value>False.</value>
    public bool Enabled { get; set; }

    /// <summary>Whether the words of requests are kept beside their vectors. Without them a change of the embedding model makes what was learned useless.</summary>
    /// <value>False: a vector and ids are kept.</value>
    public bool KeepText { get; set; }

    /// <summary>Most requests that are kept for one profile; then the oldest of the busiest caller goes.</summary>
    /// <value>5,000; 10 to 100,000.</value>
    [Range(10, 100_000)]
    public int MaxRequests { get; set; } = 5_000;

    /// <summary>Most requests that are kept of one caller for one tool; the oldest go. Callers without a token are one caller.</summary>
    /// <value>50; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MaxPerCallerAndTool { get; set; } = 50;

    /// <summary>After how many days a call counts half.</summary>
    /// <value>30; 0.01 to 3,650.</value>
    [Range(0.01, 3_650.0)]
    public double HalfLifeDays { get; set; } = 30;

    /// <summary>Most that use adds to the score of a tool; a tool that holds the whole request in words has about 1.</summary>
    /// <value>0.4; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double Weight { get; set; } = 0.4;

    /// <summary>
    /// Most that a tool gains because the caller lately called tools of its server: among thousands of tools a vague request is usually meant for one of the
    /// servers that he works with. Counts for the share of the request that no tool holds in words, and the more the more tools there are: nothing up to a
    /// hundred, in full from 10,000 on. Up to 0.6 of it a tool gains because similar past requests of the profile led to its server, be it to other tools of it: nothing up to 2,000 tools; where several
    /// callers share the profile, only for servers that at least two of them called. 0 turns both off.
    /// </summary>
    /// <value>0.5; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double RecentServerWeight { get; set; } = 0.5;

    /// <summary>
    /// Whether a tool keeps its place that was neither called before nor, at requests like the one at hand, passed over again and again: use then orders only
    /// what was tried. Without it use helps more where the same tools are wanted again, and costs those that were never wanted before.
    /// </summary>
    /// <value>True.</value>
    public bool KeepUntried { get; set; } = true;

    /// <summary>
    /// With <see cref="KeepUntried"/>, most that a tool gains against the untried ones too when it was called again and again after requests much like the one at hand, by several callers where
    /// several share the profile. 0.2 helps tools with history (first places most) and costs those without a little; 0 gives up no place of theirs.
    /// </summary>
    /// <value>0; 0 to 5.</value>
    [Range(0.0, 5.0)]
    public double SureWeight { get; set; }

    /// <summary>How often a tool must have been passed over to count as tried; passes at requests that are less similar count as parts of one.</summary>
    /// <value>3; 0 to 1,000.</value>
    [Range(0.0, 1_000.0)]
    public double TriedAfter { get; set; } = 3;

    /// <summary>Similarity below which a past request says nothing.</summary>
    /// <value>0.2; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double LeastSimilarity { get; set; } = 0.2;

    /// <summary>By how many standard deviations a past request must stand out from the others to be similar.</summary>
    /// <value>2; 0 to 10.</value>
    [Range(0.0, 10.0)]
    public double LeastProminence { get; set; } = 2;

    /// <summary>How many of the nearest past requests vote.</summary>
    /// <value>12; 1 to 200.</value>
    [Range(1, 200)]
    public int Neighbours { get; set; } = 12;

    /// <summary>How many of them may be of one caller for one tool.</summary>
    /// <value>3; 1 to 200.</value>
    [Range(1, 200)]
    public int VotesPerCallerAndTool { get; set; } = 3;

    /// <summary>How many votes it takes to be half sure.</summary>
    /// <value>0.5; 0.01 to 100.</value>
    [Range(0.01, 100.0)]
    public double Doubt { get; set; } = 0.5;

    /// <summary>What a hit loses that stood before the called one, beside 1 that the called one gains.</summary>
    /// <value>0.2; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double PassedOverWeight { get; set; } = 0.2;

    /// <summary>What a tool loses by a call that it answered with an error, beside 1 that a successful call gains.</summary>
    /// <value>0.5; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double FailureWeight { get; set; } = 0.5;
}
