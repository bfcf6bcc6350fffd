using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// What a term is worth in a field. Field lengths are compared with fixed usual lengths, not with the average of the moment: so a tool's
/// weights never depend on the other tools, and a change touches only what changed.
/// </summary>
internal sealed class FieldWeights(SearchSettings settings)
{
    private readonly double[] _weights =
    [
        settings.NameWeight, settings.TitleWeight, settings.SummaryWeight, settings.DescriptionWeight,
        settings.ParameterNameWeight, settings.ParameterTextWeight, settings.ServerWeight, settings.ServerTextWeight,
    ];

    private readonly double[] _usualLengths = [3, 3, 10, 20, 4, 20, 2, 10];

    private readonly double[] _normalization =
    [
        settings.NameLengthNormalization, settings.NameLengthNormalization, settings.TextLengthNormalization, settings.TextLengthNormalization,
        settings.TextLengthNormalization, settings.TextLengthNormalization, settings.NameLengthNormalization, settings.TextLengthNormalization,
    ];

    /// <summary>The weighted frequency of a term that stands <paramref name="count"/> times in a field of a length.</summary>
    public double Of(ToolField field, int count, int length)
    {
        int i = (int)field;
        double b = _normalization[i];
        return _weights[i] * count / (1 - b + (b * length / _usualLengths[i]));
    }
}
