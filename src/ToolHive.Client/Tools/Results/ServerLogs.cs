namespace ToolHive.Client.Tools.Results;

/// <summary>Log lines, bounded in size: a model has to read them.</summary>
internal sealed record ServerLogs
{
    private const int MaxCharacters = 64 * 1024;

    public required string Name { get; init; }

    public required IReadOnlyList<string> Lines { get; init; }

    public required bool Truncated { get; init; }

    public static ServerLogs From(string name, IReadOnlyList<string> lines)
    {
        int first = lines.Count;
        for (int size = 0; first > 0 && (size += lines[first - 1].Length + 1) <= MaxCharacters;)
        {
            first--;
        }

        return new ServerLogs { Name = name, Lines = [.. lines.Skip(first)], Truncated = first > 0 };
    }
}
