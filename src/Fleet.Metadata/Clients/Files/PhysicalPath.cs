using System.Runtime.InteropServices;

namespace Fleet.Metadata.Clients.Files;

/// <summary>Where a path leads once every link in it is followed, as the kernel and git see it: <c>..</c> after a link is not the folder of the link.</summary>
internal static partial class PhysicalPath
{
    /// <summary>The path without links; null when it leads nowhere.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Exists(path) ? Path.GetFullPath(path) : null;
        }

        nint resolved = path.Contains('\0', StringComparison.Ordinal) ? 0 : RealPath(path, 0);
        if (resolved == 0)
        {
            return null;
        }

        string text = Marshal.PtrToStringUTF8(resolved)!;
        Free(resolved);
        return text;
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Free(nint memory);
}
