namespace McpOptimizer.Server.Page;

/// <summary>A file of the page.</summary>
/// <param name="Content">What is sent.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">Its entity tag, quoted.</param>
internal sealed record PageFile(ReadOnlyMemory<byte> Content, string Type, string Tag);
