namespace EncoderTraining.Corpus;

/// <summary>Two texts that mean the same thing or belong together.</summary>
/// <param name="Query">The shorter, more personal side.</param>
/// <param name="Document">The side that reads like a tool.</param>
/// <param name="Group">Neighbours that make hard negatives for each other: one API, one intent domain.</param>
/// <param name="Label">Pairs with the same label mean the same and are no negatives of each other; null for none.</param>
internal sealed record TrainingPair(string Query, string Document, string Group, string? Label = null);
