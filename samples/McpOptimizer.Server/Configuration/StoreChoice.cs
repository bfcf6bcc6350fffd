using System.Security.Cryptography;
using System.Text;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Configuration;

/// <summary>Which store the settings name: a SQLite file, or a PostgreSQL database that replicas share.</summary>
internal static class StoreChoice
{
    /// <summary>Where the connection string stands.</summary>
    public const string ConnectionKey = "McpOptimizer:Store:ConnectionString";

    private const string FileKey = "McpOptimizer:Store:ConnectionStringFile";
    private const string PathKey = "McpOptimizer:Store:DatabasePath";

    /// <summary>The connection string of PostgreSQL; null for SQLite.</summary>
    /// <param name="common">The flags; <c>--db</c> means SQLite.</param>
    /// <param name="configuration">The settings, with environment and flags in them.</param>
    /// <exception cref="SettingException">Both stores are named, or the file of the connection string cannot be read. No message shows the connection string.</exception>
    public static string? Read(CommonSettings common, IConfiguration configuration)
    {
        string? connection = configuration[ConnectionKey];
        string? file = configuration[FileKey];
        if (!string.IsNullOrWhiteSpace(file))
        {
            connection = string.IsNullOrWhiteSpace(connection)
                ? ReadFile(file)
                : throw new SettingException("Store:ConnectionString and Store:ConnectionStringFile are both set; give one.");
        }

        if (string.IsNullOrWhiteSpace(connection))
        {
            return null;
        }

        string? path = common.Database ?? configuration[PathKey];
        return string.IsNullOrWhiteSpace(path)
            ? connection
            : throw new SettingException(
                $"Two stores are named: the SQLite file '{path}' ({(common.Database is null ? "Store:DatabasePath or DB_URL" : "--db")}) and a PostgreSQL database (Store:ConnectionString, Store:ConnectionStringFile or DATABASE_URL). Give one.");
    }

    /// <summary>What stands for a PostgreSQL database in names of files; null when the environment names none.</summary>
    public static string? NameOf(EnvironmentSettings environment)
    {
        string? said = environment.Values.GetValueOrDefault(ConnectionKey)
            ?? Environment.GetEnvironmentVariable(ConnectionKey.Replace(":", "__", StringComparison.Ordinal))
            ?? Environment.GetEnvironmentVariable(FileKey.Replace(":", "__", StringComparison.Ordinal));
        return string.IsNullOrWhiteSpace(said) ? null : $"postgresql-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16]}";
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : throw new SettingException($"The file '{path}' (Store:ConnectionStringFile) is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The file '{path}' (Store:ConnectionStringFile) cannot be read: {e.Message}");
        }
    }
}
