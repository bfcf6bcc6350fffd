namespace Browser;

/// <summary>A tool that a stub server lists in place of one of its own; its answer is the argument "text".</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says it does.</param>
/// <param name="IsReadOnly">Whether it says that it changes nothing.</param>
/// <param name="Schema">Members of its input schema as JSON; null for one text.</param>
internal sealed record StubTool(string Name, string Description, bool IsReadOnly = true, string? Schema = null);
