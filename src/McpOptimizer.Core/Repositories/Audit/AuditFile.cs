using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Repositories.Audit;

/// <summary>
/// Appends lines to the audit file and renames it when it is full. It is opened anew for each batch: whoever rotates, deletes or restores it from outside does no harm.
/// A lock file beside it keeps the processes that share it apart.
/// </summary>
internal sealed class AuditFile(AuditSettings settings, string path, TimeProvider clock)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int LockTries = 50;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    public string Path => path;

    /// <summary>Writes lines and takes off the queue what is written; what a fault leaves stays there.</summary>
    /// <exception cref="IOException">The disk is full, the folder gone, or another process holds the file for a second.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public async Task AppendAsync(Queue<byte[]> lines)
    {
        MakeFolder();
        using FileStream held = await LockAsync().ConfigureAwait(false);
        while (lines.Count > 0)
        {
            using FileStream file = Open(FileMode.OpenOrCreate, path);
            if (file.Length > 0 && file.Length + lines.Peek().Length > settings.MaxBytes)
            {
                file.Dispose();
                Rename();
                continue;
            }

            Write(file, lines);
        }
    }

    private void Write(FileStream file, Queue<byte[]> lines)
    {
        long start = file.Length;
        using MemoryStream batch = new();
        if (IsTorn(file))
        {
            batch.WriteByte((byte)'\n');
        }

        int taken = 0;
        foreach (byte[] line in lines)
        {
            if (taken > 0 && start + batch.Length + line.Length > settings.MaxBytes)
            {
                break;
            }

            batch.Write(line);
            taken++;
        }

        try
        {
            file.Position = start;
            file.Write(batch.GetBuffer(), 0, (int)batch.Length);
            file.Flush(flushToDisk: settings.Durable);
        }
        catch (IOException)
        {
            // Half a batch would come twice.
            file.SetLength(start);
            throw;
        }

        for (; taken > 0; taken--)
        {
            lines.Dequeue();
        }
    }

    // A process that was killed may have left half a line.
    private static bool IsTorn(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Position = file.Length - 1;
        return file.ReadByte() != '\n';
    }

    private void Rename()
    {
        // A smaller number than before leaves files that nobody would delete.
        for (int number = settings.MaxFiles; File.Exists(AuditLog.Renamed(path, number)); number++)
        {
            File.Delete(AuditLog.Renamed(path, number));
        }

        if (settings.MaxFiles == 1)
        {
            File.Delete(path);
            return;
        }

        for (int number = settings.MaxFiles - 2; number >= 1; number--)
        {
            if (File.Exists(AuditLog.Renamed(path, number)))
            {
                File.Move(AuditLog.Renamed(path, number), AuditLog.Renamed(path, number + 1), overwrite: true);
            }
        }

        File.Move(path, AuditLog.Renamed(path, 1), overwrite: true);
    }

    private void MakeFolder()
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder))
        {
            return;
        }

        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private async Task<FileStream> LockAsync()
    {
        for (int tried = 1; ; tried++)
        {
            try
            {
                return Open(FileMode.OpenOrCreate, path + ".lock", FileShare.None);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && tried < LockTries)
            {
                await Task.Delay(LockPause, clock, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static FileStream Open(FileMode mode, string file, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(file, options);
    }
}
