namespace Fleet.Metadata.Clients.Git;

/// <summary>One line of the configuration, as git understood it.</summary>
/// <param name="Section">Lower case.</param>
/// <param name="Subsection">As written; empty when there is none.</param>
/// <param name="Key">Lower case.</param>
/// <param name="Value">Null for a key alone, which stands for true.</param>
internal sealed record GitConfigEntry(string Section, string Subsection, string Key, string? Value);
