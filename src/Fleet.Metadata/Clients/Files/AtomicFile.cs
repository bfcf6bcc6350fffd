namespace Fleet.Metadata.Clients.Files;

/// <summary>Replaces a file so that a reader sees the old content or the new, and nothing between.</summary>
internal static class AtomicFile
{
    /// <exception cref="IOException">The new content could not be written; the old is untouched and nothing is left behind.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string target = Path.GetFullPath(path);
        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            // CreateNew: in a folder that everybody may write to, nobody else can have laid a link under this name.
            FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // How the framework reports a file system, or a limit, that does not take so long a file.
            File.Delete(temporary);
            throw new IOException($"{target} cannot be written: {exception.Message}", exception);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
