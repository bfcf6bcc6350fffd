using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hosting.Security;

/// <summary>
/// A secret in a file that its owner alone can read. On a host without tokens it tells the person who runs the host from every other program of the machine.
/// </summary>
public static class LocalSecret
{
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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

        string secret = File.ReadAllText(path).Trim();
        return secret.Length >= Bytes
            ? secret
            : throw new McpHostConfigurationException($"Host:LocalSecretFile '{VisibleText.Escape(path)}' holds no secret: delete it, and one is made at the next start.");
    }

    // Written beside the target and renamed to it, so that nobody reads half a secret; who comes second takes the first one's.
    private static void Create(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        string draft = Path.Combine(folder, Path.GetRandomFileName());
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using (StreamWriter writer = new(draft, Encoding.ASCII, options))
            {
                writer.Write(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));
            }

            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in the meantime.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
