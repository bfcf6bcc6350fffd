namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>One thing that does not fit a schema.</summary>
/// <param name="Path">Where, for example <c>filter.dates[2]</c>; empty for the whole.</param>
/// <param name="Rule">What is wrong, as the end of a sentence that begins with the path.</param>
/// <param name="IsMissing">Whether something is missing that no server can know: everything else a server may read otherwise than its schema says.</param>
internal readonly record struct SchemaProblem(string Path, string Rule, bool IsMissing = false)
{
    public override string ToString() => Path.Length == 0 ? $"the arguments {Rule}" : $"'{Path}' {Rule}";
}
