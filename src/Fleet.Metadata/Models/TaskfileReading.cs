namespace Fleet.Metadata.Models;

/// <summary>The fields of a Taskfile, and what was wrong with the others.</summary>
internal sealed record TaskfileReading(IReadOnlyList<TaskfileField> Fields, IReadOnlyList<string> Faults);
