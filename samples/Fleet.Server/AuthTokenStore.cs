using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hosting.Configuration;

namespace Fleet.Server;

/// <summary>
/// The server's own bearer token: from the environment, else from its file, else made up and kept there. Deleting the file and starting again
/// makes a new one. The token is never logged.
/// </summary>
internal static class AuthTokenStore
{
    private const int Length = 43;
    private const string TokenVariable = "FLEET_MCP_AUTH_TOKEN";
    private const string FileVariable = "FLEET_MCP_AUTH_TOKEN_FILE";

    /// <summary>The token and the file that holds it; nothing when a fault was noted.</summary>
    public static (string? Token, string? File) Resolve(VariableReader reader)
    {
        string file = Expand(reader.Text(FileVariable) ?? Path.Combine("~", ".fleet-mcp", "auth_token"));
        try
        {
            string? token = reader.Text(TokenVariable);
            if (token is not null && !IsToken(token))
            {
                reader.Fault($"{TokenVariable} must be {Length} characters of A-Z, a-z, 0-9, '-' and '_'");
                return default;
            }

            if (token is null && File.Exists(file))
            {
                token = Load(file);
                if (token is null)
                {
                    reader.Fault(
                        $"{FileVariable} '{file}' must hold JSON with a 'value' of {Length} characters of A-Z, a-z, 0-9, '-' and '_'; "
                        + "delete it to get a new token");
                    return default;
                }

                if (IsOpen(file))
                {
                    reader.Fault($"{FileVariable} '{file}' can be read by others than its owner; take their rights away (chmod 600), or delete it to get a new token");
                    return default;
                }

                return (token, file);
            }

            token ??= Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            Save(file, token);
            return (token, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reader.Fault($"{FileVariable} '{file}' cannot be used: {exception.Message.TrimEnd('.')}");
            return default;
        }
    }

    private static bool IsOpen(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0;

    private static bool IsToken(string text) => text.Length == Length && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Expand(string path) => path.StartsWith('~')
        ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
        : Path.GetFullPath(path);

    private static string? Load(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            string? value = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("value", out JsonElement found)
                && found.ValueKind == JsonValueKind.String
                ? found.GetString()
                : null;
            return value is not null && IsToken(value) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Written beside the target and renamed over it, so that nobody ever reads half a token, and nobody else may read it at all.
    private static void Save(string file, string token)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
        {
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(folder)
                : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        string draft = Path.Combine(folder, Path.GetRandomFileName());
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (FileStream stream = new(draft, options))
            using (Utf8JsonWriter writer = new(stream))
            {
                writer.WriteStartObject();
                writer.WriteString("value", token);
                writer.WriteString("created_at", TimeProvider.System.GetUtcNow());
                writer.WriteEndObject();
            }

            File.Move(draft, file, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
