using System.Diagnostics;
using System.Text;
using Shared.Testing;

namespace Shared.Git;

/// <summary>A real repository, driven by the real git, cut off from the configuration of the machine.</summary>
public sealed class GitSandbox : IDisposable
{
    private readonly TemporaryFolder _folder;

    /// <param name="suffix">Put at the end of the folder's name.</param>
    /// <param name="initialise">False to leave the folder empty.</param>
    /// <param name="inMemory">True to lie in memory where the system has a place for it.</param>
    public GitSandbox(string suffix = "", bool initialise = true, bool inMemory = false)
    {
        _folder = new TemporaryFolder(suffix, inMemory);
        if (initialise)
        {
            Run("init", "--quiet", "--initial-branch=main");
        }
    }

    /// <summary>The work tree.</summary>
    public string FullPath => _folder.FullPath;

    public string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Runs git here; fails the test when git fails.</summary>
    /// <returns>What it wrote to standard output, trimmed.</returns>
    public string Run(params string[] arguments) => RunIn(FullPath, null, arguments);

    /// <summary>Runs git here and feeds it.</summary>
    public string RunWithInput(ReadOnlySpan<byte> input, params string[] arguments) => RunIn(FullPath, input.ToArray(), arguments);

    /// <summary>Runs git here and takes any outcome.</summary>
    public int TryRun(params string[] arguments)
    {
        (int exitCode, _, _) = Start(FullPath, null, arguments);
        return exitCode;
    }

    public static string RunIn(string folder, byte[]? input, params string[] arguments)
    {
        (int exitCode, string output, string error) = Start(folder, input, arguments);
        return exitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {exitCode}: {error}");
    }

    /// <summary>Writes a file of the work tree.</summary>
    public void Write(string name, string content = "content")
    {
        string path = Combine(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Writes a file, stages and commits everything.</summary>
    /// <returns>The full hash.</returns>
    public string Commit(string message = "A commit", string file = "file.txt", string? content = null)
    {
        Write(file, content ?? Guid.NewGuid().ToString());
        Run("add", "--all");
        Run("commit", "--quiet", "--message", message);
        return Run("rev-parse", "HEAD");
    }

    /// <summary>Makes a long history in one go.</summary>
    public void ImportCommits(int count)
    {
        StringBuilder stream = new();
        for (int i = 1; i <= count; i++)
        {
            string content = $"line {i}\n";
            stream.Append("commit refs/heads/main\n")
                .Append("committer A <a@example.com> ").Append(1_700_000_000 + i).Append(" +0000\n")
                .Append("data ").Append($"Commit {i}".Length).Append('\n').Append("Commit ").Append(i).Append('\n')
                .Append("M 100644 inline file").Append(i % 50).Append(".txt\ndata ").Append(content.Length).Append('\n').Append(content).Append('\n');
        }

        RunWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        Run("reset", "--hard", "--quiet", "main");
    }

    /// <summary>Makes one commit of many empty files and checks it out.</summary>
    public void ImportFiles(int count)
    {
        StringBuilder stream = new("blob\nmark :1\ndata 0\n\ncommit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata 4\nMany\n");
        for (int i = 0; i < count; i++)
        {
            stream.Append("M 100644 :1 folder").Append(i / 500).Append("/file").Append(i).Append(".txt\n");
        }

        RunWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        Run("reset", "--hard", "--quiet", "main");
    }

    public void Dispose() => _folder.Dispose();

    private static (int ExitCode, string Output, string Error) Start(string folder, byte[]? input, string[] arguments)
    {
        ProcessStartInfo start = new("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        string[] settings =
        [
            "-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgSign=false", "-c", "protocol.file.allow=always",
            "-c", "core.autocrlf=false", "-c", "advice.detachedHead=false", "-c", "gc.auto=0",
        ];
        foreach (string argument in settings.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_EDITOR"] = "true";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
