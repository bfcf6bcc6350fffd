namespace Fleet.Metadata.Clients;

/// <summary>Environment variables, looked up anew each time.</summary>
/// <param name="read">Reads a variable: <see cref="Environment.GetEnvironmentVariable(string)"/> for those of this process.</param>
internal sealed class ProcessEnvironment(Func<string, string?> read)
{
    /// <summary>The value; null when unset or blank.</summary>
    public string? Get(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
