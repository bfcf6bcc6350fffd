namespace ToolHive.Client.Models.Secrets;

/// <summary>What a secrets provider can do.</summary>
public sealed record SecretsCapabilities
{
    /// <summary>Read a value.</summary>
    public bool CanRead { get; init; }

    /// <summary>Write a value.</summary>
    public bool CanWrite { get; init; }

    /// <summary>Delete a value.</summary>
    public bool CanDelete { get; init; }

    /// <summary>List names.</summary>
    public bool CanList { get; init; }

    /// <summary>Delete everything.</summary>
    public bool CanCleanup { get; init; }
}
