using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hosting.Security;

/// <summary>
/// A secret in a file that its owner alone can read. On a host without static tokens it tells the person who runs the host from every other program of the machine.
/// </summary>
public static class LocalSecret
{
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan WritingTakesAtMost = TimeSpan.FromSeconds(1);

    /// <summary>The secret in the file, made when the file is missing.</summary>
    /// <exception cref="McpHostConfigurationException">The file cannot be used, or others may read it.</exception>
    public static string Obtain(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            return Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpHostConfigurationException($"Host:LocalSecretFile '{VisibleText.Escape(path)}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>The secret of a running host, for a program of the same person; null when there is no such file.</summary>
    /// <exception cref="McpHostConfigurationException">Others may read the file.</exception>
    public static string? Find(string path) => File.Exists(path) ? Read(path) : null;

    internal static bool Equals(string secret, string presented) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(presented)));

    private static string Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
        {
            throw new McpHostConfigurationException(
                $"Host:LocalSecretFile '{VisibleText.Escape(path)}' can be read by others, so it is no secret: delete it, and a new one is made at the next start.");
        }

        // Another process may be writing it at this moment.
        string secret = "";
        SpinWait.SpinUntil(() => (secret = File.ReadAllText(path).Trim()).Length >= Bytes, WritingTakesAtMost);
        return secret.Length >= Bytes
            ? secret
            : throw new McpHostConfigurationException($"Host:LocalSecretFile '{VisibleText.Escape(path)}' holds no secret: delete it, and one is made at the next start.");
    }

    // Whoever creates the file writes it, in one piece; who comes second reads what the first one wrote.
    private static void Create(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using FileStream file = new(path, options);
            file.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in the meantime.
        }
    }
}
