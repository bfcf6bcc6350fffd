using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Server.Configuration;

namespace McpOptimizer.Server.Clients;

/// <summary>
/// One client's file while it is changed: an edit is read again before it is written, the text from before stays beside the file, and whoever undoes an edit that nobody
/// touched since gets the old bytes back.
/// </summary>
internal sealed class ClientFile(ClientApp app, string path)
{
    private const string Mark = ".before-mcp-optimizer-";
    private const string NotThere = ".none";
    private const int ShownHash = 16;

    // People link their settings from elsewhere: the file behind the link is the one to change.
    private readonly string _path = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;

    public string Path => path;

    public bool Exists => File.Exists(_path);

    private bool IsToml => System.IO.Path.GetExtension(_path).Equals(".toml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The servers it has now; none when there is no file or no object of servers in it.</summary>
    /// <exception cref="SettingException">The file is there and cannot be read.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, JsonElement>>> ReadServersAsync(CancellationToken cancellationToken)
    {
        string text = await ReadTextAsync(cancellationToken);
        return await EntriesAsync(text, cancellationToken);
    }

    /// <summary>Sets an entry, and removes the others if asked; returns what the file would hold.</summary>
    /// <exception cref="SettingException">The file is not of the kind that the client writes; nothing is changed.</exception>
    public async Task<string> PlanAsync(string name, JsonObject entry, bool alone, CancellationToken cancellationToken)
    {
        string text = await ReadTextAsync(cancellationToken);
        IReadOnlyList<KeyValuePair<string, JsonElement>> before = await EntriesAsync(text, cancellationToken);
        if (alone)
        {
            text = before.Where(server => server.Key != name).Aggregate(text, (rest, server) => Remove(rest, server.Key));
        }

        string planned = Edit(() => IsToml ? TomlTables.Set(text, app.Place[0], name, entry) : new JsonMembers(text.Trim().Length == 0 ? "{}\n" : text).Set(app.Place, name, entry));
        string[] wanted = [name, .. alone ? [] : before.Select(server => server.Key).Where(other => other != name)];
        await CheckAsync(planned, wanted, cancellationToken);
        return planned;
    }

    /// <summary>Writes a planned text and keeps the one from before beside it.</summary>
    /// <returns>Where the text from before is kept; null when there was no file.</returns>
    public async Task<string?> WriteAsync(string text, CancellationToken cancellationToken)
    {
        byte[]? before = Exists ? await File.ReadAllBytesAsync(_path, cancellationToken) : null;
        byte[] after = Encoding.UTF8.GetBytes(text);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        string backup = BackupOf(after) + (before is null ? NotThere : "");
        await WriteBytesAsync(backup, before ?? []);
        await WriteBytesAsync(_path, after);
        return before is null ? null : backup;
    }

    /// <summary>Takes the entry out again.</summary>
    /// <returns>What was done, one sentence; null when there is no such entry.</returns>
    public async Task<string?> UndoAsync(string name, CancellationToken cancellationToken)
    {
        string text = await ReadTextAsync(cancellationToken);
        IReadOnlyList<KeyValuePair<string, JsonElement>> now = await EntriesAsync(text, cancellationToken);
        if (!now.Any(server => server.Key == name))
        {
            return null;
        }

        string backup = BackupOf(await File.ReadAllBytesAsync(_path, cancellationToken));
        if (File.Exists(backup + NotThere))
        {
            File.Delete(_path);
            File.Delete(backup + NotThere);
            return "The file that connect made is gone again.";
        }

        if (File.Exists(backup))
        {
            await WriteBytesAsync(_path, await File.ReadAllBytesAsync(backup, cancellationToken));
            File.Delete(backup);
            return "The file is what it was before, to the byte.";
        }

        // Somebody changed it since: only our entry goes, and servers that were moved away and are not there come back.
        (string edited, int back) = await RestoreMovedAsync(Remove(text, name), now, cancellationToken);
        await CheckAsync(edited, null, cancellationToken);
        await WriteBytesAsync(_path, Encoding.UTF8.GetBytes(edited));
        return $"The file was changed since; the entry was taken out{(back > 0 ? $" and {back} moved servers were put back" : "")}.";
    }

    private async Task<(string Text, int Back)> RestoreMovedAsync(string text, IReadOnlyList<KeyValuePair<string, JsonElement>> now, CancellationToken cancellationToken)
    {
        string? newest = Directory.GetFiles(System.IO.Path.GetDirectoryName(_path)!, System.IO.Path.GetFileName(_path) + Mark + "*")
            .Where(file => !file.EndsWith(NotThere, StringComparison.Ordinal))
            .MaxBy(File.GetLastWriteTimeUtc);
        int back = 0;
        if (newest is not null && !IsToml)
        {
            foreach ((string name, JsonElement entry) in (await EntriesAsync(await File.ReadAllTextAsync(newest, cancellationToken), cancellationToken)).Reverse())
            {
                if (!now.Any(server => server.Key == name))
                {
                    text = new JsonMembers(text).Set(app.Place, name, JsonNode.Parse(entry.GetRawText())!);
                    back++;
                }
            }
        }

        return (text, back);
    }

    private string Remove(string text, string name) => Edit(() => IsToml ? TomlTables.Remove(text, app.Place[0], name) : new JsonMembers(text).Remove(app.Place, name));

    private string Edit(Func<string> edit)
    {
        try
        {
            return edit();
        }
        catch (JsonException e)
        {
            throw new SettingException($"The file '{path}' of {app.Title} cannot be edited: {e.Message} Nothing was changed.");
        }
    }

    // An edit by text is only as good as what a reader makes of it.
    private async Task CheckAsync(string text, string[]? wanted, CancellationToken cancellationToken)
    {
        IEnumerable<string> names = (await EntriesAsync(text, cancellationToken)).Select(server => server.Key);
        if (wanted is not null && !names.ToHashSet(StringComparer.Ordinal).SetEquals(wanted))
        {
            throw new SettingException($"The file '{path}' of {app.Title} is written in a way that cannot be edited safely. Nothing was changed; edit it by hand.");
        }
    }

    private async Task<string> ReadTextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Exists ? await File.ReadAllTextAsync(_path, cancellationToken) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The file '{path}' of {app.Title} cannot be read: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<KeyValuePair<string, JsonElement>>> EntriesAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return text.Trim().Length == 0 ? [] : await ServersFiles.ReadEntriesAsync(_path, text, cancellationToken);
        }
        catch (SourceFileException e) when (e.InnerException is not null)
        {
            throw new SettingException($"{e.Message} Nothing was changed.");
        }
        catch (SourceFileException)
        {
            // A file of settings without any server.
            return [];
        }
    }

    private string BackupOf(byte[] after) => _path + Mark + Convert.ToHexStringLower(SHA256.HashData(after))[..ShownHash];

    // Beside it first and then in its place, so that a full disk costs nothing; who may read it stays as it was, and a new one is its owner's.
    private async Task WriteBytesAsync(string target, byte[] bytes)
    {
        string beside = target + ".new";
        UnixFileMode mode = !OperatingSystem.IsWindows() && File.Exists(_path) ? File.GetUnixFileMode(_path) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        await using (FileStream stream = new(beside, options))
        {
            await stream.WriteAsync(bytes);
        }

        File.Move(beside, target, overwrite: true);
    }
}
