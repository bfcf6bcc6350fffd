using System.IO.Compression;

namespace Fleet.Metadata.Clients.Git;

/// <summary>Reads objects that lie in files of their own, as fresh commits do.</summary>
internal static class GitObjects
{
    /// <summary>The beginning of a commit, headers included; null when it lies elsewhere or is no commit.</summary>
    public static byte[]? ReadLooseCommit(GitDirectory directory, string hash, int maxBytes)
    {
        string path = Path.Combine(directory.Common, "objects", hash[..2], hash[2..]);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using ZLibStream content = new(file, CompressionMode.Decompress);
            byte[] bytes = new byte[maxBytes];
            int length = content.ReadAtLeast(bytes, maxBytes, throwOnEndOfStream: false);
            int end = bytes.AsSpan(0, length).IndexOf((byte)0);
            return bytes.AsSpan(0, length).StartsWith("commit "u8) && end > 0 ? bytes[(end + 1)..length] : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Damaged, or packed away while we looked: git itself is asked next.
            return null;
        }
    }
}
