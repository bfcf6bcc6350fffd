namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>
/// Goes the whole way of a find, from arguments to the message with the answer, for nobody: so that the first client does not wait for that way's code to
/// be compiled and its tables to be built. It counts for nothing.
/// </summary>
/// <param name="need">What is looked for.</param>
/// <param name="cancellationToken">Ends it.</param>
internal delegate Task Rehearsal(string need, CancellationToken cancellationToken = default);
