namespace Fleet.Metadata.Clients.Git;

/// <param name="Section">Lower case.</param>
/// <param name="Subsection">As written; empty when there is none.</param>
/// <param name="Key">Lower case.</param>
/// <param name="Value">Without quotes and comments; <c>true</c> for a key alone.</param>
internal sealed record GitConfigEntry(string Section, string Subsection, string Key, string Value);
