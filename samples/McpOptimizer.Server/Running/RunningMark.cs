using System.Text.Json;

namespace McpOptimizer.Server.Running;

/// <summary>What a serving optimizer writes beside its database, readable by its owner alone, so that commands of the same person find it.</summary>
/// <param name="Address">Where it listens, without a path.</param>
/// <param name="McpPath">The path of its MCP endpoint.</param>
/// <param name="Key">What only it and readers of this file know: it proves with it that it is the one that wrote the file.</param>
/// <param name="ServersFile">The servers file it serves; null for none.</param>
/// <param name="Registry">The registry document it was given; null for none.</param>
/// <param name="NeedsToken">Whether it wants a token; else the secret beside the database opens.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record RunningMark(string Address, string McpPath, string Key, string? ServersFile, string? Registry, bool NeedsToken, int ProcessId)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The mark of a database.</summary>
    public static string PathOf(string database) => database + ".running";

    /// <summary>The mark in a file; null when there is none that can be read, or others may read or write it too.</summary>
    public static RunningMark? Read(string path)
    {
        try
        {
            if (!File.Exists(path) || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0))
            {
                return null;
            }

            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RunningJson.Default.RunningMark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it in one piece, in place of one that was left behind.</summary>
    public void Write(string path)
    {
        string draft = $"{path}.{Environment.ProcessId}";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (FileStream file = new(draft, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, RunningJson.Default.RunningMark));
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Takes it away if it is still this one.</summary>
    public void Remove(string path)
    {
        if (Read(path)?.Key == Key)
        {
            File.Delete(path);
        }
    }

    /// <summary>Address and process; never the key.</summary>
    public override string ToString() => $"{Address} (process {ProcessId})";
}
