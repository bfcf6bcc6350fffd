namespace Horreum.Client.Clients.Wire;

/// <summary>What a JSON schema check found.</summary>
public sealed record ErrorDetails
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Error code.</summary>
    public string? Code { get; init; }

    /// <summary>Path of the value.</summary>
    public string? Path { get; init; }

    /// <summary>Path of the keywords that were followed.</summary>
    public string? EvaluationPath { get; init; }

    /// <summary>Path of the keyword that does not hold.</summary>
    public string? SchemaPath { get; init; }

    /// <summary>URI of the keyword that does not hold.</summary>
    public string? SchemaLocation { get; init; }

    /// <summary>Path of the value that does not fit.</summary>
    public string? InstanceLocation { get; init; }

    /// <summary>Name of the member.</summary>
    public string? Property { get; init; }

    /// <summary>Arguments of the message.</summary>
    public IReadOnlyList<string> Arguments { get => field ?? []; init; }

    /// <summary>Further details.</summary>
    public string? Details { get; init; }

    /// <summary>Key of the message.</summary>
    public string? MessageKey { get; init; }

    /// <summary>Whether it holds.</summary>
    public bool? Valid { get; init; }

    /// <summary>The text.</summary>
    public string? Message { get; init; }
}
