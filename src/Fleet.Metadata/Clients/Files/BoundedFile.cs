namespace Fleet.Metadata.Clients.Files;

/// <summary>Reads files that somebody else writes, and never more of them than was asked for.</summary>
internal static class BoundedFile
{
    /// <summary>The content, cut at <paramref name="maxBytes"/>; null when there is no such file.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public static byte[]? Read(string path, int maxBytes)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            long expected = stream.CanSeek ? stream.Length + 1 : 0;
            byte[] buffer = new byte[Math.Clamp(expected, Math.Min(256, maxBytes), maxBytes)];
            int length = 0;
            for (int read; length < maxBytes && (read = stream.Read(buffer, length, buffer.Length - length)) > 0;)
            {
                length += read;
                if (length == buffer.Length && length < maxBytes)
                {
                    Array.Resize(ref buffer, Math.Min(maxBytes, buffer.Length * 2));
                }
            }

            return buffer[..length];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
