namespace Fleet.Metadata.Clients.Processes;

/// <summary>What to run. There is no shell anywhere: arguments arrive as they are.</summary>
internal sealed record ProcessSpec
{
    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Variables set, or removed when null, on top of the inherited ones.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Inherited variables that begin so are removed; null removes none.</summary>
    public string? RemovedPrefix { get; init; }

    /// <summary>True to give the program a session of its own, so that whatever it starts can be ended with it.</summary>
    public bool OwnSession { get; init; }
}
