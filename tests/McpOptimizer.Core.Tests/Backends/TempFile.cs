namespace McpOptimizer.Core.Tests.Backends;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TempFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mcp-{Guid.NewGuid():N}.txt");

    public string[] Lines => File.Exists(Path) ? Read() : [];

    public void Dispose() => File.Delete(Path);

    // The writer may have it open.
    private string[] Read()
    {
        using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
