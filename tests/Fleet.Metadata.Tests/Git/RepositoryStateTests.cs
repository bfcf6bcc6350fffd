using System.Text;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>Every state that a repository may be in, made with the real git and compared with what the real git says.</summary>
public sealed class RepositoryStateTests
{
    private const string People = "author A <a@b> 1700000000 +0000\ncommitter A <a@b> 1700000000 +0000";

    [Fact]
    public async Task Collect_NotARepository_OnlyOtherKeysAndAReason()
    {
        using TemporaryFolder folder = new();
        await using MetadataFixture metadata = new(folder.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Keys.Should().NotContain(key => key.StartsWith("git_", StringComparison.Ordinal));
        values["workspace_task_status"].Should().Be("idle");
        metadata.Log.Text.Should().Contain("Warning: Collector git is incomplete").And.Contain("is not in a git repository");
    }

    [Fact]
    public async Task Collect_Unborn_BranchWithoutCommit()
    {
        using GitSandbox git = new();
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_branch", "main").And.Contain("git_unborn", "true").And.Contain("git_status", "clean");
        values.Should().NotContainKey("git_commit_hash").And.NotContainKey("git_commit_message");
    }

    [Fact]
    public async Task Collect_StatusFlow_EveryChangeIsInTheNextAnswer()
    {
        using GitSandbox git = new();
        string first = git.Commit("First");
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> clean = await metadata.ValuesAsync();
        clean.Should().Contain("git_status", "clean").And.Contain("git_commit_sha", first).And.Contain("git_commit_hash", first[..7]);
        clean.Should().Contain("git_commit_message", "First").And.Contain("git_detached", "false").And.Contain("git_operation", "none");
        git.Write("file.txt", "changed");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
        git.Run("add", "--all");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "staged");
        git.Write("file.txt", "changed once more");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
        string second = git.Commit("Second");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean").And.Contain("git_commit_sha", second)
            .And.Contain("git_commit_message", "Second");
        git.Write("new.txt");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
        git.Run("checkout", "--quiet", "-b", "feature/x");
        (await metadata.ValuesAsync()).Should().Contain("git_branch", "feature/x");
    }

    [Fact]
    public async Task Collect_Detached_SaysHead()
    {
        using GitSandbox git = new();
        string first = git.Commit("First");
        git.Commit("Second");
        git.Run("checkout", "--quiet", first);
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_branch", "HEAD").And.Contain("git_detached", "true").And.Contain("git_commit_sha", first);
    }

    [Fact]
    public async Task Collect_MergeConflict_OperationAndConflicts()
    {
        using GitSandbox git = new();
        MakeConflict(git);
        git.TryRun("merge", "other").Should().NotBe(0);
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_operation", "merge").And.Contain("git_conflicts", "1").And.Contain("git_status", "modified")
            .And.Contain("git_branch", "main");
    }

    [Fact]
    public async Task Collect_RebaseConflict_OperationAndItsBranch()
    {
        using GitSandbox git = new();
        MakeConflict(git);
        git.TryRun("rebase", "other").Should().NotBe(0);
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_operation", "rebase").And.Contain("git_operation_branch", "main")
            .And.Contain("git_branch", "HEAD").And.Contain("git_conflicts", "1");
    }

    [Theory]
    [InlineData("cherry-pick")]
    [InlineData("revert")]
    [InlineData("bisect")]
    public async Task Collect_OtherOperations_AreNamed(string operation)
    {
        using GitSandbox git = new();
        MakeConflict(git);
        string[] command = operation switch
        {
            "bisect" => ["bisect", "start"],
            "revert" => ["revert", "--no-edit", "HEAD~1"],
            _ => ["cherry-pick", "other"],
        };
        if (operation == "revert")
        {
            git.Commit("On top", content: "top");
        }

        git.TryRun(command);
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_operation", operation);
    }

    [Fact]
    public async Task Collect_Bare_NoStatus()
    {
        using GitSandbox git = new(initialise: false);
        using GitSandbox source = new();
        string commit = source.Commit("Message");
        git.Run("clone", "--quiet", "--bare", source.FullPath, ".");
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_bare", "true").And.Contain("git_branch", "main").And.Contain("git_commit_sha", commit).And.NotContainKey("git_status");
        values.Should().Contain("git_commit_message", "Message");
    }

    [Fact]
    public async Task Collect_LinkedWorktree_ItsOwnBranch()
    {
        using GitSandbox git = new();
        git.Commit();
        string linked = git.FullPath + "-linked";
        git.Run("worktree", "add", "--quiet", "-b", "side", linked);
        try
        {
            await using MetadataFixture main = new(git.FullPath);
            await using MetadataFixture side = new(linked);

            (await main.ValuesAsync()).Should().Contain("git_branch", "main").And.Contain("git_worktree_count", "2").And.NotContainKey("git_worktree");
            (await side.ValuesAsync()).Should().Contain("git_branch", "side").And.Contain("git_worktree_count", "2").And.ContainKey("git_worktree");
        }
        finally
        {
            Directory.Delete(linked, recursive: true);
        }
    }

    [Fact]
    public async Task Collect_Submodule_CountedAndReadFromInside()
    {
        using GitSandbox library = new();
        library.Commit("Of the library");
        using GitSandbox git = new();
        git.Commit();
        git.Run("submodule", "--quiet", "add", library.FullPath, "libs/one");
        git.Run("commit", "--quiet", "--message", "With a submodule");
        await using MetadataFixture outside = new(git.FullPath);
        await using MetadataFixture inside = new(git.Combine("libs", "one"));

        (await outside.ValuesAsync()).Should().Contain("git_submodule_count", "1").And.Contain("git_status", "clean")
            .And.Contain("git_commit_message", "With a submodule");
        (await inside.ValuesAsync()).Should().Contain("git_commit_message", "Of the library").And.Contain("git_branch", "main");
        GitSandbox.RunIn(git.Combine("libs", "one"), null, "commit", "--quiet", "--allow-empty", "--message", "Moved");
        (await outside.ValuesAsync()).Should().Contain("git_status", "modified");
    }

    [Fact]
    public async Task Collect_AheadAndBehind_Counted()
    {
        using GitSandbox origin = new();
        origin.Commit("One");
        using GitSandbox git = new(initialise: false);
        git.Run("clone", "--quiet", origin.FullPath, ".");
        origin.Commit("Two");
        origin.Commit("Three");
        git.Run("fetch", "--quiet");
        git.Commit("Mine", "mine.txt");
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_ahead", "1").And.Contain("git_behind", "2").And.Contain("git_upstream", "origin/main")
            .And.Contain("git_remote_url", origin.FullPath);
    }

    [Fact]
    public async Task Collect_PackedReferencesAndObjects_SameAnswer()
    {
        using GitSandbox git = new();
        string commit = git.Commit("Packed\n\nwith a body");
        git.Commit("Other");
        git.Run("reset", "--hard", "--quiet", commit);
        git.Run("pack-refs", "--all");
        git.Run("repack", "-a", "-d", "--quiet");
        git.Run("prune-packed");
        File.Exists(git.Combine(".git", "refs", "heads", "main")).Should().BeFalse();
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_commit_sha", commit).And.Contain("git_commit_message", "Packed\n\nwith a body")
            .And.Contain("git_branch", "main");
    }

    [Theory]
    [InlineData("feature/with'quote")]
    [InlineData("feature/`touch${IFS}x`")]
    [InlineData("feature/$(id)")]
    [InlineData("emoji/🚀-ünïcode")]
    [InlineData("quote/\"double\"")]
    public async Task Collect_HardNames_ComeBackLiterally(string branch)
    {
        using GitSandbox git = new(" a 'b' \"c\" `d` 🚀");
        git.Commit($"Message of {branch}", "a file 'with' \"every\" `quote` 🚀.txt");
        git.Run("checkout", "--quiet", "-b", branch);
        git.Write("new\nline.txt");
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().Contain("git_branch", branch).And.Contain("git_commit_message", $"Message of {branch}").And.Contain("git_status", "modified");
    }

    [Fact]
    public async Task Collect_InvalidUtf8_Replaced()
    {
        using GitSandbox git = new();
        git.Commit();
        string tree = git.Run("rev-parse", "HEAD^{tree}");
        byte[] commit = [.. Encoding.ASCII.GetBytes($"tree {tree}\n{People}\n\nbad "), 0xFF, 0xFE, .. " \a end\r\nline\n"u8];
        string hash = git.RunWithInput(commit, "hash-object", "-t", "commit", "-w", "--stdin");
        git.Run("reset", "--hard", "--quiet", hash);
        byte[] name = [.. "ref: refs/heads/bad-"u8, 0xFF, (byte)'\n'];
        File.WriteAllBytes(git.Combine(".git", "HEAD"), name);
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values["git_branch"].Should().Be("bad-\uFFFD");
        File.WriteAllText(git.Combine(".git", "HEAD"), hash + "\n");
        (await metadata.ValuesAsync())["git_commit_message"].Should().Be("bad \uFFFD\uFFFD \uFFFD end\nline");
    }

    [Fact]
    public async Task Collect_Latin1Message_Decoded()
    {
        using GitSandbox git = new();
        git.Commit();
        string tree = git.Run("rev-parse", "HEAD^{tree}");
        byte[] commit = Encoding.Latin1.GetBytes($"tree {tree}\n{People}\nencoding ISO-8859-1\n\nGrüße\n");
        git.Run("reset", "--hard", "--quiet", git.RunWithInput(commit, "hash-object", "-t", "commit", "-w", "--stdin"));
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_commit_message", "Grüße");
    }

    [Fact]
    public async Task Collect_FolderInside_FindsTheRepository()
    {
        using GitSandbox git = new();
        git.Commit(file: "deep/er/file.txt");
        await using MetadataFixture metadata = new(git.Combine("deep", "er"));

        (await metadata.ValuesAsync()).Should().Contain("git_branch", "main").And.Contain("git_status", "clean");
    }

    [Fact]
    public async Task Collect_VeryLongMessage_CutAndTheRestIsThere()
    {
        using GitSandbox git = new();
        git.Commit(new string('é', 50_000));
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        Encoding.UTF8.GetByteCount(values["git_commit_message"]).Should().BeInRange(4080, 4094);
        values["git_commit_message"].Should().EndWith("é…");
        values.Should().Contain("git_branch", "main");
    }

    [Fact]
    public async Task Collect_HundredThousandFiles_OneIsChanged()
    {
        using GitSandbox git = new(inMemory: true);
        git.ImportFiles(100_000);
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_status", "clean");
        git.Write("folder7/file3500.txt", "changed");
        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
    }

    [Fact]
    public async Task Collect_HeadLeadsOutOfTheRepository_NothingIsReadThere()
    {
        using GitSandbox git = new();
        git.Commit();
        string secret = new('a', 40);
        File.WriteAllText(git.FullPath + ".secret", secret);
        File.WriteAllText(git.Combine(".git", "HEAD"), $"ref: refs/../../../{Path.GetFileName(git.FullPath)}.secret\n");
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Values.Should().NotContain(secret);
        File.Delete(git.FullPath + ".secret");
    }

    private static void MakeConflict(GitSandbox git)
    {
        git.Commit("Base", content: "base");
        git.Run("checkout", "--quiet", "-b", "other");
        git.Commit("Theirs", content: "theirs");
        git.Run("checkout", "--quiet", "main");
        git.Commit("Ours", content: "ours");
    }
}
