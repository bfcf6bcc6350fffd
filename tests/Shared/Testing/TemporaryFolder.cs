namespace Shared.Testing;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <param name="suffix">Put at the end of the folder's name, to try names that are hard on programs.</param>
    /// <param name="inMemory">True to lie in memory where the system has a place for it: for many small files.</param>
    public TemporaryFolder(string suffix = "", bool inMemory = false)
    {
        const string memory = "/dev/shm";
        FullPath = Path.Combine(inMemory && Directory.Exists(memory) ? memory : Path.GetTempPath(), $"libraries-{Guid.NewGuid():N}{suffix}");
        Directory.CreateDirectory(FullPath);
    }

    public string FullPath { get; }

    public string Combine(params string[] parts) => Path.Combine([FullPath, .. parts]);

    /// <summary>Writes an executable script for the shell and returns its path.</summary>
    public string WriteScript(string name, string body)
    {
        string path = Combine(name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that is just ending may still write; the system cleans its folder for temporary files.
        }
    }
}
