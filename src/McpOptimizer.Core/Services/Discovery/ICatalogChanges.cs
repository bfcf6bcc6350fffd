namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Tells when the catalogue that callers see has another set of servers than before.</summary>
internal interface ICatalogChanges
{
    /// <summary>Runs an action after each such change.</summary>
    void OnChanged(Action action);
}
