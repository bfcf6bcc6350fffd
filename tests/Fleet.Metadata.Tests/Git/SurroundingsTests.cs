using System.Text;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>Where a workspace lies, what is configured around it, and what git makes of both.</summary>
public sealed class SurroundingsTests
{
    private const string People = "author A <a@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000";

    [Theory]
    [InlineData("subfolder")]
    [InlineData("submodule")]
    [InlineData("worktree")]
    public async Task Collect_WorkspaceIsALink_TheRepositoryItLeadsTo(string kind)
    {
        using TemporaryFolder folder = new();
        using GitSandbox library = new();
        library.Commit("Of the library");
        using GitSandbox git = new();
        git.Commit("Of the repository", "sub/file.txt");
        string target = git.Combine("sub");
        if (kind == "submodule")
        {
            git.Run("submodule", "--quiet", "add", library.FullPath, "lib");
            target = git.Combine("lib");
        }
        else if (kind == "worktree")
        {
            target = folder.Combine("side");
            git.Run("worktree", "add", "--quiet", "-b", "side", target);
        }

        Directory.CreateDirectory(folder.Combine("deep"));
        string link = folder.Combine("deep", "link");
        Directory.CreateSymbolicLink(link, target);
        await using MetadataFixture metadata = new(link);

        (await metadata.ValuesAsync()).Should().Contain("git_commit_message", kind == "submodule" ? "Of the library" : "Of the repository")
            .And.Contain("git_branch", kind == "worktree" ? "side" : "main").And.Contain("git_status", "clean");
        metadata.Log.Text.Should().NotContain("is incomplete");
    }

    [Fact]
    public async Task Collect_BareLayout_ContainerIsBareAndWorktreesAreNot()
    {
        using TemporaryFolder folder = new();
        using GitSandbox source = new();
        source.Commit("Message");
        string store = folder.Combine(".bare");
        GitSandbox.RunIn(folder.FullPath, null, "clone", "--quiet", "--bare", source.FullPath, store);
        File.WriteAllText(folder.Combine(".git"), "gitdir: ./.bare\n");
        GitSandbox.RunIn(folder.FullPath, null, "worktree", "add", "--quiet", "-b", "side", folder.Combine("side"));
        File.WriteAllText(folder.Combine("side", "new.txt"), "x");
        await using MetadataFixture container = new(folder.FullPath);
        await using MetadataFixture side = new(folder.Combine("side"));

        (await container.ValuesAsync()).Should().Contain("git_bare", "true").And.Contain("git_branch", "main").And.NotContainKey("git_status");
        container.Log.Text.Should().NotContain("is incomplete");
        (await side.ValuesAsync()).Should().Contain("git_bare", "false").And.Contain("git_branch", "side").And.Contain("git_status", "modified")
            .And.Contain("git_worktree", "side");
    }

    [Theory]
    [InlineData("cherry-pick")]
    [InlineData("revert")]
    public async Task Collect_CommittedStepOfASequence_StillInProgress(string operation)
    {
        using GitSandbox git = new();
        git.Commit("Base", content: "base");
        git.Run("checkout", "--quiet", "-b", "other");
        git.Commit("One", content: "one");
        git.Commit("Two", content: "two");
        git.Commit("Three", content: "three");
        if (operation == "cherry-pick")
        {
            git.Run("checkout", "--quiet", "main");
            git.Commit("Mine", content: "mine");
            git.TryRun("cherry-pick", "other~2", "other~1", "other").Should().NotBe(0);
        }
        else
        {
            git.Commit("Four", content: "four");
            git.TryRun("revert", "--no-edit", "HEAD~1", "HEAD~2").Should().NotBe(0);
        }

        git.Commit("Resolved", content: "resolved");
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_operation", operation).And.Contain("git_status", "clean");
    }

    [Theory]
    [InlineData("windows-1252", 1252, "Grüße – “x”")]
    [InlineData("CP1251", 1251, "Привет")]
    [InlineData("cp1252", 1252, "é")]
    [InlineData("SHIFT_JIS", 932, "日本語")]
    [InlineData("sjis", 932, "日本語")]
    [InlineData("EUC-JP", 51932, "日本語")]
    [InlineData("KOI8-R", 20866, "Привет")]
    [InlineData("ISO-8859-15", 28605, "€")]
    [InlineData("GBK", 936, "中文")]
    [InlineData("no-such-encoding", 65001, "ü")]
    [InlineData("utf-7", 65001, "ü")]
    public async Task Collect_MessageInAnEncodingOfTheFramework_Decoded(string name, int page, string message)
    {
        using GitSandbox git = new();
        git.Commit();
        string tree = git.Run("rev-parse", "HEAD^{tree}");
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        byte[] commit = [.. Encoding.ASCII.GetBytes($"tree {tree}\n{People}\nencoding {name}\n\n"), .. encoding.GetBytes(message + "\n")];
        git.Run("reset", "--hard", "--quiet", git.RunWithInput(commit, "hash-object", "-t", "commit", "-w", "--stdin"));
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_commit_message", message);
    }

    [Fact]
    public async Task Collect_SeveralUrlsAndRewrites_AsGitFetches()
    {
        using GitSandbox git = new();
        git.Run("config", "remote.origin.url", "gh:o/r.git");
        git.Run("config", "--add", "remote.origin.url", "https://other.example/o/r.git");
        await using MetadataFixture metadata = new(git.FullPath);
        File.WriteAllText(Path.Combine(metadata.Folder, ".gitconfig"), "[url \"https://user:secret@git.example/\"]\n\tinsteadOf = gh:\n");

        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", "https://git.example/o/r.git");
    }

    [Fact]
    public async Task Collect_ConfigurationChanges_NextAnswerHasIt()
    {
        using GitSandbox git = new();
        git.Commit();
        await using MetadataFixture metadata = new(git.FullPath);
        (await metadata.ValuesAsync()).Should().NotContainKey("git_remote_url");

        git.Run("remote", "add", "origin", "https://one.example/o/r.git");
        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", "https://one.example/o/r.git");
        git.Run("remote", "set-url", "origin", "https://two.example/o/r.git");
        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", "https://two.example/o/r.git");

        git.Run("config", "include.path", "more");
        File.WriteAllText(git.Combine(".git", "more"), "[remote \"origin\"]\n\turl = x\n");
        git.Run("config", "--unset", "remote.origin.url");
        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", "x");
        File.WriteAllText(git.Combine(".git", "more"), "[remote \"origin\"]\n\turl = y\n");
        metadata.Time.Advance(TimeSpan.FromSeconds(1));
        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", "y", "included files are looked at once a second");
    }

    [Fact]
    public async Task Collect_ExcludesAndAttributesOfTheUser_CountAsForGit()
    {
        using GitSandbox git = new();
        git.Commit();
        await using MetadataFixture metadata = new(git.FullPath);
        File.WriteAllText(Path.Combine(metadata.Folder, ".gitconfig"), "[core]\n\texcludesFile = ~/ignored\n");
        File.WriteAllText(Path.Combine(metadata.Folder, "ignored"), "*.log\n");
        git.Write("a.log");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean");

        File.Delete(Path.Combine(metadata.Folder, ".gitconfig"));
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
        Directory.CreateDirectory(Path.Combine(metadata.Folder, ".config", "git"));
        File.WriteAllText(Path.Combine(metadata.Folder, ".config", "git", "ignore"), "*.log\n");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean");
    }

    [Fact]
    public async Task Collect_SafeDirectoryOfTheUser_Counts()
    {
        if (Environment.UserName != "root" || OperatingSystem.IsWindows())
        {
            // Only root can give a folder away; elsewhere there is nothing to show.
            return;
        }

        using GitSandbox git = new();
        git.Commit();
        using System.Diagnostics.Process chown = System.Diagnostics.Process.Start("chown", ["-R", "65534", git.FullPath]);
        await chown.WaitForExitAsync();
        await using MetadataFixture metadata = new(git.FullPath);
        (await metadata.ValuesAsync()).Should().NotContainKey("git_status");

        File.WriteAllText(Path.Combine(metadata.Folder, ".gitconfig"), $"[safe]\n\tdirectory = {git.FullPath}\n");

        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean");
    }

    [Fact]
    public async Task Collect_LargeFilesRightAfterTheClone_UnknownWithTheReasonAndNeverModified()
    {
        using GitSandbox git = new();
        using TemporaryFolder programs = new();

        // As Git LFS does: what is stored is a pointer, what lies in the folder is the content.
        string clean = programs.WriteScript("clean", "cat > /dev/null; echo pointer");
        string smudge = programs.WriteScript("smudge", "cat > /dev/null; echo content");
        await using MetadataFixture metadata = new(git.FullPath);
        File.WriteAllText(Path.Combine(metadata.Folder, ".gitconfig"), $"[filter \"lfs\"]\n\tclean = {clean}\n\tsmudge = {smudge}\n\trequired = true\n");
        git.Write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        git.Write("big.bin", "content\n");
        git.Run("-c", $"filter.lfs.clean={clean}", "add", "--all");
        git.Run("-c", $"filter.lfs.clean={clean}", "commit", "--quiet", "--message", "Large");
        File.SetLastWriteTimeUtc(git.Combine("big.bin"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_status", "unknown");
        values["git_status_reason"].Should().Contain("big.bin").And.Contain("'lfs'");
        metadata.Log.Text.Should().NotContain("is incomplete");

        git.Write("plain.txt");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified", "another file tells").And.NotContainKey("git_status_reason");
    }

    [Fact]
    public async Task Collect_HangingGit_IsNotWaitedForTwice()
    {
        using GitSandbox git = new();
        git.Commit();
        using TemporaryFolder programs = new();
        programs.WriteScript("git", $"echo x >> '{programs.Combine("runs")}'; exec sleep 600");
        await using MetadataFixture metadata = new(git.FullPath, options => options.GitDeadline = TimeSpan.FromMilliseconds(500));
        metadata.Environment["PATH"] = $"{programs.FullPath}:{metadata.Environment["PATH"]}";

        for (int i = 0; i < 4; i++)
        {
            (await metadata.ValuesAsync()).Should().Contain("git_branch", "main").And.ContainKey("git_commit_message").And.NotContainKey("git_status");
        }

        File.ReadAllLines(programs.Combine("runs")).Should().HaveCountLessThanOrEqualTo(2, "the two questions of the first collection");
        metadata.Log.Text.Should().Contain("git did not tell the configuration in time");
    }
}
