using System.Diagnostics;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>A git that is not there, hangs, floods or refuses costs only what needs it.</summary>
public sealed class GitFaultTests
{
    [Fact]
    public async Task Collect_GitMissing_FilesAreStillRead()
    {
        using GitSandbox git = new();
        string commit = git.Commit("Message");
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = metadata.Folder;

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_branch", "main").And.Contain("git_commit_sha", commit).And.Contain("git_commit_message", "Message")
            .And.NotContainKey("git_status");
        metadata.Log.Text.Should().Contain("git is not installed");
    }

    [Fact]
    public async Task Collect_GitHangs_PartialAnswerAtTheDeadlineAndNothingIsLeftRunning()
    {
        using GitSandbox git = new();
        git.Commit("Message");
        using TemporaryFolder programs = new();
        string marker = $"hang-{Guid.NewGuid():N}";
        programs.WriteScript("git", $"sh -c 'exec -a {marker} sleep 600' || sleep 600 & sleep 601; true {marker}");
        await using MetadataFixture metadata = new(git.FullPath, options => options.GitDeadline = TimeSpan.FromMilliseconds(300));
        metadata.Environment["PATH"] = programs.FullPath;

        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 3; i++)
        {
            Dictionary<string, string> values = await metadata.ValuesAsync();
            values.Should().Contain("git_branch", "main").And.Contain("git_commit_message", "Message").And.NotContainKey("git_status");
        }

        // The script would sleep for ten minutes; the bound only has to tell that apart, however slow the machine is.
        watch.Elapsed.Should().BeLessThan(MetadataFixture.Patience);
        metadata.Log.Text.Should().Contain("it was not done after 300 ms");
        await ConditionAsync(() => Running(programs.FullPath) == 0);
    }

    [Fact]
    public async Task Collect_GitFails_ItsReasonIsLogged()
    {
        using GitSandbox git = new();
        git.Commit();
        using TemporaryFolder programs = new();
        programs.WriteScript("git", "echo 'fatal: the index is broken' >&2; exit 128");
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = programs.FullPath;

        (await metadata.ValuesAsync()).Should().Contain("git_branch", "main").And.NotContainKey("git_status");
        (await metadata.ValuesAsync()).Should().NotContainKey("git_status");
        metadata.Log.Lines.Where(line => line.Contains("the index is broken", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.ContainSingle(line => line.StartsWith("Warning", StringComparison.Ordinal), "the same reason is a warning once, and then for debugging only");
    }

    [Fact]
    public async Task Collect_GitFloods_ReadToTheEndWithoutKeepingIt()
    {
        using GitSandbox git = new();
        git.Commit();
        using TemporaryFolder programs = new();
        programs.WriteScript("git", """
            case "$*" in *" status "*) ;; *) PATH=/usr/bin:/usr/local/bin:/bin exec git "$@" ;; esac
            printf '# branch.oid (initial)\0# branch.head main\0'
            yes '? an untracked file with a long name' | head -n 500000 | tr '\n' '\0'
            printf 'u UU N... 100644 100644 100644 100644 a b c conflict.txt\0'
            """);
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = programs.FullPath;

        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified").And.Contain("git_conflicts", "1");
    }

    [Fact]
    public async Task Collect_OwnedByAnotherUser_RefusedUnlessTrusted()
    {
        if (Environment.UserName != "root" || OperatingSystem.IsWindows())
        {
            // Only root can give a folder away; elsewhere there is nothing to show.
            return;
        }

        using GitSandbox git = new();
        string commit = git.Commit("Message");
        using Process chown = Process.Start("chown", ["-R", "65534", git.FullPath]);
        await chown.WaitForExitAsync();
        await using MetadataFixture careful = new(git.FullPath);
        await using MetadataFixture trusting = new(git.FullPath, options => options.TrustOtherOwners = true);

        (await careful.ValuesAsync()).Should().Contain("git_commit_sha", commit).And.NotContainKey("git_status");
        careful.Log.Text.Should().Contain("dubious ownership");
        (await trusting.ValuesAsync()).Should().Contain("git_status", "clean");
    }

    private static int Running(string text) =>
        !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateDirectories("/proc").Count(folder => CommandLine(folder).Contains(text, StringComparison.Ordinal));

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(folder + "/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task ConditionAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(MetadataFixture.Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
