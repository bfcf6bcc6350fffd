using System.Diagnostics;
using Fleet.Metadata.Clients.Git;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>Files of a repository that name a branch must not publish other files, and none may hold the reader up.</summary>
public sealed class PublishedFilesTests
{
    private const string Secret = "a-secret-of-one-word";

    [Theory]
    [InlineData("rebase-merge/head-name")]
    [InlineData("rebase-apply/head-name")]
    [InlineData("BISECT_START")]
    [InlineData("HEAD")]
    [InlineData("refs/heads/main")]
    [InlineData("sequencer/todo")]
    [InlineData("commondir")]
    public async Task Collect_LinkOrWordsInsteadOfAName_NothingOfThemIsPublished(string file)
    {
        // Through a link even what has the right form belongs to another file.
        string[] words = [Secret, $"ref: {Secret}", $"refs/heads/x\n{Secret}", $"ref: refs/heads/a b {Secret}"];
        string[] forms = [$"refs/heads/{Secret}", $"ref: refs/heads/{Secret}", new string('e', 40)];
        foreach ((string content, bool isLink) in words.Select(word => (word, false)).Concat(words.Concat(forms).Select(word => (word, true))))
        {
            using GitSandbox git = new();
            using TemporaryFolder outside = new();
            git.Commit();
            string path = git.Combine(".git", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(git.Combine(".git", "BISECT_LOG"), "");
            File.Delete(path);
            File.WriteAllText(isLink ? outside.Combine("secret") : path, content + "\n");
            if (isLink)
            {
                File.CreateSymbolicLink(path, outside.Combine("secret"));
            }

            await using MetadataFixture metadata = new(git.FullPath);
            Dictionary<string, string> values = await metadata.ValuesAsync();

            values.Values.Should().NotContain(
                value => value.Contains(Secret, StringComparison.Ordinal) || value.Contains("eeeeeee", StringComparison.Ordinal),
                $"{file} {(isLink ? "leads to" : "holds")} {content}");
        }
    }

    [Theory]
    [InlineData("config")]
    [InlineData("config.worktree")]
    [InlineData("HEAD")]
    [InlineData("packed-refs")]
    [InlineData("commondir", true)]
    [InlineData("BISECT_START")]
    [InlineData("sequencer/todo", true)]
    [InlineData("index", true)]
    [InlineData("../.gitmodules")]
    [InlineData("../../home/.gitconfig")]
    public async Task Collect_PipeInTheRepository_AnswersAndOtherKeysAreThere(string file, bool gitWaits = false)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        string repository = folder.Combine("repo");
        Directory.CreateDirectory(repository);
        GitSandbox.RunIn(repository, null, "init", "--quiet", "--initial-branch=main");
        string path = Path.Combine(repository, ".git", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        using Process make = Process.Start("mkfifo", [path]);
        await make.WaitForExitAsync();
        await using MetadataFixture metadata = new(repository, options => options.GitDeadline = gitWaits ? TimeSpan.FromSeconds(1) : options.GitDeadline);
        metadata.Environment["HOME"] = folder.Combine("home");

        // Where git itself waits for a writer it is ended at its deadline, which costs what only git can tell.
        Dictionary<string, string> values = await metadata.ValuesAsync();

        values.Should().ContainKey("workspace_task_status");
        if (gitWaits)
        {
            values.Should().Contain("git_branch", "main");
        }
        else
        {
            metadata.Log.Text.Should().NotContain("it was not done after");
        }
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("a/b.c-d_e", true)]
    [InlineData("ünï/\uFFFD", true)]
    [InlineData("", false)]
    [InlineData("@", false)]
    [InlineData("a..b", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u007f", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/.b", false)]
    [InlineData("a.lock/b", false)]
    [InlineData("a.", false)]
    [InlineData("a@{1}", false)]
    [InlineData("a~1", false)]
    [InlineData("a:b", false)]
    [InlineData("a*", false)]
    [InlineData("a\\b", false)]
    public void IsValid_LikeGit(string name, bool expected)
    {
        GitRefName.IsValid(name).Should().Be(expected);
        if (name.Length > 0 && !name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            using GitSandbox git = new(initialise: false);
            (git.TryRun("check-ref-format", "refs/heads/" + name) == 0).Should().Be(expected || name == "@");
        }
    }
}
