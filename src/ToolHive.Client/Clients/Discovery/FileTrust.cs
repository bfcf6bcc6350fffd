using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Principal;
using System.Text;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>Decides whether a file was written by the user who runs this process and by nobody else.</summary>
internal static class FileTrust
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxUid = 0x8;
    private const int UidOffset = 20;

    /// <summary>Why the file must not be believed; null when it may be.</summary>
    public static string? WhyDistrusted(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists && file.LinkTarget is null)
        {
            return $"no discovery file at {path}";
        }

        if (file.LinkTarget is not null || file.Directory?.LinkTarget is not null)
        {
            return $"discovery file {path} is, or lies behind, a symbolic link";
        }

        if (OperatingSystem.IsWindows())
        {
            return IsOwnedByUser(file) ? null : $"discovery file {path} belongs to another user";
        }

        if ((file.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            return $"discovery file {path} can be written by other users";
        }

        return OperatingSystem.IsLinux() && !IsOwnedByEffectiveUser(path) ? $"discovery file {path} belongs to another user" : null;
    }

    [SupportedOSPlatform("windows")]
    private static bool IsOwnedByUser(FileInfo file)
    {
        using WindowsIdentity identity = WindowsIdentity.GetCurrent();
        IdentityReference? owner = file.GetAccessControl().GetOwner(typeof(SecurityIdentifier));
        return owner is not null && (owner.Equals(identity.User) || owner.Equals(identity.Owner));
    }

    // The framework shows a file's mode but not its owner. On other Unix systems the mode check has to do: a foreign file that
    // ToolHive wrote is 0600 and cannot be read at all.
    [SupportedOSPlatform("linux")]
    private static bool IsOwnedByEffectiveUser(string path)
    {
        byte[] status = new byte[256];
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        return statx(AtFdCwd, name, AtSymlinkNoFollow, StatxUid, status) == 0 && BitConverter.ToUInt32(status, UidOffset) == geteuid();
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();
}
