using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>A repository whose configuration names a program wherever git would run one. Each would leave a trace.</summary>
public sealed class HostileRepositoryTests
{
    [Fact]
    public async Task Collect_ProgramsInEveryPlace_NoneRuns()
    {
        using GitSandbox git = new();
        using TemporaryFolder traps = new();
        Arm(git, traps);
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        Traces(traps).Should().BeEmpty();
        values.Should().Contain("git_branch", "main").And.ContainKey("git_status").And.ContainKey("git_commit_message");

        // The control: an ordinary git walks into the traps, so the test can fail.
        git.TryRun("status");
        Traces(traps).Should().Contain(["fsmonitor", "filter-clean", "included-clean"]);
    }

    [Fact]
    public async Task Collect_PartialCloneWithMissingObject_FetchesNothing()
    {
        using GitSandbox git = new();
        using TemporaryFolder traps = new();
        git.Commit("Message");
        git.Commit("Second");
        string fetch = traps.WriteScript("fetch", $"touch '{traps.Combine("fetch.trace")}'; exit 1");
        git.Run("config", "core.repositoryFormatVersion", "1");
        git.Run("config", "extensions.partialClone", "origin");
        git.Run("config", "remote.origin.promisor", "true");
        git.Run("config", "remote.origin.url", $"ext::{fetch} x");
        git.Run("config", "protocol.ext.allow", "always");
        string tree = git.Run("rev-parse", "HEAD^{tree}");
        File.Delete(git.Combine(".git", "objects", tree[..2], tree[2..]));
        await using MetadataFixture metadata = new(git.FullPath);

        Dictionary<string, string> values = await metadata.ValuesAsync();

        Traces(traps).Should().BeEmpty();
        values.Should().Contain("git_branch", "main").And.Contain("git_commit_message", "Second").And.NotContainKey("git_status");
        metadata.Log.Text.Should().Contain("git status ended with");
        git.TryRun("status");
        Traces(traps).Should().Contain("fetch");
    }

    [Theory]
    [InlineData("a=b")]
    [InlineData("\uFFFD")]
    [InlineData("Upper \\\"quoted\\\"")]
    public async Task Collect_FilterOfAnyName_IsNotRunAndWhatItHidesIsUnknown(string name)
    {
        using GitSandbox git = new();
        git.Commit();
        using TemporaryFolder traps = new();
        File.AppendAllText(git.Combine(".git", "config"), $"[filter \"{name}\"]\n\tclean = {traps.WriteScript("clean", Trap(traps, "clean"))}\n");
        bool hasBlank = name.Contains(' ', StringComparison.Ordinal);
        File.WriteAllText(git.Combine(".git", "info", "attributes"), $"* filter={(hasBlank ? "other" : name)}\n");
        git.Write("file.txt", "changed");
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_branch", "main").And.Contain("git_status", hasBlank ? "modified" : "unknown");
        Traces(traps).Should().BeEmpty();
    }

    [Fact]
    public async Task Collect_GitProgramInTheWorkspace_IsNotTheOneRun()
    {
        using GitSandbox git = new();
        git.Commit();
        using TemporaryFolder traps = new();
        File.Copy(traps.WriteScript("git", Trap(traps, "git")), git.Combine("git"));
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["PATH"] = $".{Path.PathSeparator}{Path.PathSeparator}{metadata.Environment["PATH"]}";

        (await metadata.ValuesAsync()).Should().Contain("git_status", "modified");
        Traces(traps).Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://user:secret@git.example.com/o/r.git", "https://git.example.com/o/r.git")]
    [InlineData("https://secret@git.example.com:8443/o/r.git?token=secret#secret", "https://git.example.com:8443/o/r.git")]
    [InlineData("https://us/er:sec@ret@git.example.com/o/r", "https://us/er:sec@ret@git.example.com/o/r")]
    [InlineData("ssh://git@git.example.com:2222/o/r.git", "ssh://git@git.example.com:2222/o/r.git")]
    [InlineData("ssh://secret@git.example.com/o/r.git", "ssh://git.example.com/o/r.git")]
    [InlineData("git@git.example.com:o/r.git", "git@git.example.com:o/r.git")]
    [InlineData("secret:secret@git.example.com:o/r.git", "git.example.com:o/r.git")]
    [InlineData("../elsewhere", "../elsewhere")]
    public async Task Collect_RemoteAddress_WithoutCredentials(string address, string expected)
    {
        using GitSandbox git = new();
        git.Run("remote", "add", "origin", address);
        await using MetadataFixture metadata = new(git.FullPath);

        (await metadata.ValuesAsync()).Should().Contain("git_remote_url", expected);
        if (!expected.Contains("sec", StringComparison.Ordinal))
        {
            metadata.Log.Text.Should().NotContain("secret");
        }
    }

    private static void Arm(GitSandbox git, TemporaryFolder traps)
    {
        git.Commit("Message", "file.txt", "content");
        git.Commit("Message", "included.txt", "content");
        string config = $"""
            [core]
                fsmonitor = {Script("fsmonitor")}
                hooksPath = {traps.FullPath}/hooks
                pager = {Script("pager")}
                sshCommand = {Script("ssh")}
                askPass = {Script("askpass")}
                alternateRefsCommand = {Script("alternate")}
                editor = {Script("editor")}
            [pager]
                status = {Script("pager-status")}
            [credential]
                helper = {Script("credential")}
            [diff]
                external = {Script("diff")}
            [diff "trap"]
                textconv = {Script("textconv")}
                command = {Script("diff-command")}
            [filter "trap"]
                clean = {Script("filter-clean")}
                required = true
            [FILTER "Long \"Lived\""] process = {Script("filter-process")}
            [log]
                showSignature = true
            [gpg]
                program = {Script("gpg")}
            [status]
                submoduleSummary = true
            [include]
                path = more-config

            """;
        File.AppendAllText(git.Combine(".git", "config"), config.Replace("    ", "\t", StringComparison.Ordinal));
        File.WriteAllText(git.Combine(".git", "more-config"), $"[filter \"included\"]\n\tclean = {Script("included-clean")}\n");
        Directory.CreateDirectory(traps.Combine("hooks"));
        foreach (string hook in new[] { "post-index-change", "pre-auto-gc", "post-checkout", "reference-transaction" })
        {
            traps.WriteScript($"hooks/{hook}", Trap(traps, $"hook-{hook}"));
        }

        git.Write(".gitattributes", "file.txt filter=trap diff=trap\nincluded.txt filter=included\n");

        // Same size, other time: git must look into the files, and would filter them for it.
        git.Write("file.txt", "CONTENT");
        git.Write("included.txt", "CONTENT");

        string Script(string name) => traps.WriteScript(name, Trap(traps, name));
    }

    private static string Trap(TemporaryFolder traps, string name) => $"touch '{traps.Combine(name + ".trace")}'; cat";

    private static IEnumerable<string> Traces(TemporaryFolder traps) =>
        Directory.EnumerateFiles(traps.FullPath, "*.trace").Select(path => Path.GetFileNameWithoutExtension(path));
}
