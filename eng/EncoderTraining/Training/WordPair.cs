namespace EncoderTraining.Training;

/// <summary>A pair as word ids.</summary>
/// <param name="Query">Words of the shorter side.</param>
/// <param name="Document">Words of the side that reads like a tool.</param>
/// <param name="Label">Pairs with the same label are no negatives of each other; -1 for none.</param>
/// <param name="QueryText">Number of the query's text.</param>
/// <param name="DocumentText">Number of the document's text; equal ones are no negatives of each other.</param>
internal readonly record struct WordPair(int[] Query, int[] Document, int Label, int QueryText, int DocumentText);
