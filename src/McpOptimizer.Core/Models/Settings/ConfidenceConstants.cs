namespace McpOptimizer.Core.Models.Settings;

/// <summary>
/// What a similarity of one generator says about whether anything fits: constants of a logistic scale, as <c>tests/Evaluation --fit</c> prints them. They
/// hold for the generator they were fitted with and for no other.
/// </summary>
public sealed class ConfidenceConstants
{
    /// <summary>The model id that the constants were fitted with; they count only while the registered generator has it.</summary>
    /// <value>Empty: they never count.</value>
    public string Model { get; set; } = "";

    /// <summary>Where the scale begins.</summary>
    /// <value>0.</value>
    public double Base { get; set; }

    /// <summary>What a full match in words adds.</summary>
    /// <value>0.</value>
    public double PerLexical { get; set; }

    /// <summary>What a similarity of 1 adds, as far above the usual one as can be.</summary>
    /// <value>0.</value>
    public double PerSimilarity { get; set; }

    /// <summary>What e times as many tools add: among many, something is similar by chance.</summary>
    /// <value>0.</value>
    public double PerSize { get; set; }
}
