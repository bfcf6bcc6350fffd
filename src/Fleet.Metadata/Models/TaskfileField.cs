namespace Fleet.Metadata.Models;

/// <summary>A task whose output is a metadata value.</summary>
internal sealed record TaskfileField(string Name, string Description, bool IncludeInList);
