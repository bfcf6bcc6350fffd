namespace Coder.Client.Models;

/// <summary>Which page of a list.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Size">Most items on a page: 1 to 100.</param>
public sealed record PageRequest(int Number = 1, int Size = 20);
