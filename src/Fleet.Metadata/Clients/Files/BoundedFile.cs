using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fleet.Metadata.Clients.Files;

/// <summary>Reads files that somebody else writes: never more of them than was asked for, and never one that makes the reader wait.</summary>
internal static partial class BoundedFile
{
    private const int NotFound = 2;
    private const int Forbidden = 13;
    private const int NotAFolder = 20;

    private static readonly int ReadOnlyWithoutWaiting = OperatingSystem.IsMacOS() ? 0x4 | 0x100_0000 : 0x800 | 0x8_0000;
    private static readonly int NoLink = OperatingSystem.IsMacOS() ? 0x100 : 0x2_0000;

    /// <summary>The content, cut at <paramref name="maxBytes"/>; null when there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">How much is read at most.</param>
    /// <param name="followLink">False when a link under this name must not lead to another file.</param>
    /// <exception cref="IOException">The file is there and cannot be read: it is a folder, a pipe or the like, or a link that is not followed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public static byte[]? Read(string path, int maxBytes, bool followLink = true)
    {
        using SafeFileHandle? handle = Open(path, followLink);
        if (handle is null)
        {
            return null;
        }

        using FileStream stream = new(handle, FileAccess.Read, bufferSize: 0);
        if (!stream.CanSeek)
        {
            throw new IOException($"{path} is no regular file.");
        }

        byte[] buffer = new byte[Math.Clamp(stream.Length + 1, Math.Min(256, maxBytes), maxBytes)];
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

    private static SafeFileHandle? Open(string path, bool followLink)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenManaged(path, followLink);
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        // The framework's own way to open waits until a pipe has a writer.
        int descriptor = OpenNative(path, ReadOnlyWithoutWaiting | (followLink ? 0 : NoLink));
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error switch
            {
                NotFound or NotAFolder => null,
                Forbidden => throw new UnauthorizedAccessException($"{path} may not be read."),
                _ => throw new IOException($"{path} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}."),
            };
        }

        if (!Directory.Exists(path))
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        new SafeFileHandle(descriptor, ownsHandle: true).Dispose();
        throw new IOException($"{path} is a folder.");
    }

    private static SafeFileHandle? OpenManaged(string path, bool followLink)
    {
        try
        {
            return !followLink && new FileInfo(path).LinkTarget is not null
                ? throw new IOException($"{path} is a link.")
                : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenNative(string path, int flags);
}
