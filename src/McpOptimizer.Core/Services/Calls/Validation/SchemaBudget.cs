namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>How much checking one value may cost: a schema that refers to itself in several places grows without end.</summary>
internal sealed class SchemaBudget
{
    private int _left = 50_000;

    /// <summary>Whether one more step may be taken; what is not looked at passes.</summary>
    public bool TrySpend() => --_left > 0;
}
