namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A document whose sketch is near the request.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="Slot">Its server's slot.</param>
/// <param name="Document">Its number.</param>
/// <param name="Score">Of its sketch, as <see cref="Index.SketchTables"/> gives it.</param>
internal readonly record struct NearDocument(int Segment, int Slot, int Document, ushort Score);
