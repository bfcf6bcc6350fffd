using System.Diagnostics;
using System.Text;
using Shared.Git;
using Shared.Testing;

namespace Fleet.Metadata.Tests.Git;

/// <summary>
/// Every setting that makes some git run a program, in every place that git reads a setting from, beside files for which git would run it. The canary is the
/// program itself: it leaves a trace. The control is an ordinary <c>git status</c>, which must leave one.
/// </summary>
public sealed class HostileLayoutTests
{
    private static readonly string[] Settings =
    [
        "alias.cat-file=!", "alias.check-attr=!", "alias.config=!", "alias.remote=!", "alias.rev-parse=!", "alias.status=!", "browser.t.cmd=",
        "core.alternateRefsCommand=", "core.askPass=", "core.editor=", "core.fsmonitor=", "core.gitProxy=", "core.pager=", "core.sshCommand=",
        "credential.helper=!", "credential.https://h.helper=!", "diff.external=", "diff.t.command=", "diff.t.textconv=", "difftool.t.cmd=",
        "filter.t.clean=", "filter.t.process=", "filter.t.smudge=", "gpg.openpgp.program=", "gpg.program=", "gpg.ssh.defaultKeyCommand=",
        "gpg.ssh.program=", "gpg.x509.program=", "interactive.diffFilter=", "man.t.cmd=", "merge.t.driver=", "mergetool.t.cmd=", "pager.config=",
        "pager.remote=", "pager.rev-parse=", "pager.status=", "receive.procReceiveRefs=", "remote.origin.receivepack=", "remote.origin.uploadpack=",
        "sendemail.tocmd=", "sequence.editor=", "submodule.s.update=!", "tar.t.command=", "trailer.t.command=", "trailer.t.cmd=",
        "uploadpack.packObjectsHook=", "web.browser=",
    ];

    private static readonly string[] Flags =
    [
        "filter.t.required=true", "log.showSignature=true", "status.submoduleSummary=true", "protocol.ext.allow=always", "protocol.allow=always",
        "diff.submodule=diff", "submodule.recurse=true", "core.fsmonitorHookVersion=2", "feature.manyFiles=true", "color.ui=always", "column.ui=always",
        "core.untrackedCache=true",
    ];

    public static TheoryData<string> Layouts =>
    [
        "plain", "include", "include-through-link", "include-dots-through-link", "include-condition", "include-branch", "include-remote",
        "include-quoted", "include-tilde", "config-is-link", "git-is-link", "git-file", "git-file-through-link", "worktree", "worktree-config",
        "commondir-through-link", "submodule", "inside-submodule", "mark-and-returns", "odd-bytes", "case-and-blanks", "workspace-is-link", "personal",
        "alternates",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Collect_AnySettingInAnyPlace_NothingRuns(string layout)
    {
        using TemporaryFolder folder = new();
        string canary = folder.WriteScript("canary", $"touch '{folder.Combine("trace")}'; echo x; exit 1");
        Directory.CreateDirectory(folder.Combine("hooks"));
        foreach (string hook in new[] { "post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-auto-gc" })
        {
            folder.WriteScript($"hooks/{hook}", $"exec '{canary}'");
        }

        string repository = folder.Combine("repo");
        Directory.CreateDirectory(repository);
        Git("init", "--quiet", "--initial-branch=main");
        File.WriteAllText(Path.Combine(repository, "a"), "content");
        File.WriteAllText(Path.Combine(repository, "b"), "content");
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "Message");
        Git("remote", "add", "origin", "https://github.example/o/r.git");
        string workspace = repository;
        string traps = Traps(canary, folder.Combine("hooks"));
        Arm();
        Touch(workspace);

        await using (MetadataFixture metadata = new(workspace))
        {
            metadata.Environment["HOME"] = folder.Combine("home");
            Dictionary<string, string> values = await metadata.ValuesAsync();
            values = await metadata.ValuesAsync();

            File.Exists(folder.Combine("trace")).Should().BeFalse();
            values.Should().ContainKey("git_branch").And.ContainKey("git_commit_message").And.ContainKey("git_status", metadata.Log.Text);
        }

        // The control: an ordinary git, with the same home, does run it.
        ControlRuns(workspace, folder.Combine("home"));
        File.Exists(folder.Combine("trace")).Should().BeTrue("else this layout is no trap");

        void Git(params string[] arguments) => GitSandbox.RunIn(repository, null, arguments);

        void Append(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, text);
        }

        void Arm()
        {
            string git = Path.Combine(repository, ".git");
            string config = Path.Combine(git, "config");
            Append(Path.Combine(git, "info", "attributes"), "* filter=t diff=t merge=t\n");
            Directory.CreateDirectory(folder.Combine("home"));
            switch (layout)
            {
                case "include":
                    Append(Path.Combine(git, "more"), traps);
                    Append(config, "[include]\n\tpath = more\n");
                    break;
                case "include-through-link":
                    Append(folder.Combine("elsewhere", "more"), traps);
                    Directory.CreateSymbolicLink(Path.Combine(git, "link"), folder.Combine("elsewhere"));
                    Append(config, "[include]\n\tpath = link/more\n");
                    break;
                case "include-dots-through-link":
                    Append(folder.Combine("elsewhere", "more"), traps);
                    Directory.CreateDirectory(folder.Combine("elsewhere", "sub"));
                    Directory.CreateSymbolicLink(Path.Combine(git, "link"), folder.Combine("elsewhere", "sub"));
                    Append(config, "[include]\n\tpath = link/../more\n");
                    break;
                case "include-condition":
                    Append(Path.Combine(git, "more"), traps);
                    Append(config, "[includeIf \"gitdir:**/REPO/.git\"]\n\tpath = nothing\n[includeIf \"gitdir/i:**/REPO/\"]\n\tpath = more\n");
                    break;
                case "include-branch":
                    Append(Path.Combine(git, "more"), traps);
                    Append(config, "[includeIf \"onbranch:ma*\"]\n\tpath = more\n");
                    break;
                case "include-remote":
                    Append(Path.Combine(git, "more"), traps);
                    Append(config, "[includeIf \"hasconfig:remote.*.url:https://github.example/**\"]\n\tpath = more\n");
                    break;
                case "include-quoted":
                    Append(Path.Combine(git, "mo\"re ;#"), traps);
                    Append(config, "[include] path = \"mo\\\"re ;#\"\n");
                    break;
                case "include-tilde":
                    Append(folder.Combine("home", "more"), traps);
                    Append(config, "[include]\n\tpath = ~/more\n");
                    break;
                case "config-is-link":
                    Append(config, traps);
                    File.Move(config, folder.Combine("config"));
                    File.CreateSymbolicLink(config, folder.Combine("config"));
                    break;
                case "git-is-link":
                    Append(config, traps);
                    Directory.Move(git, folder.Combine("store"));
                    Directory.CreateSymbolicLink(git, folder.Combine("store"));
                    break;
                case "git-file":
                    Append(config, traps);
                    Directory.Move(git, folder.Combine("store"));
                    File.WriteAllText(git, "gitdir: ../store\n");
                    break;
                case "git-file-through-link":
                    Append(config, traps);
                    Directory.Move(git, folder.Combine("store"));
                    Directory.CreateDirectory(folder.Combine("deep", "er"));
                    Directory.Move(folder.Combine("store"), folder.Combine("deep", "store"));
                    Directory.CreateSymbolicLink(Path.Combine(repository, "link"), folder.Combine("deep", "er"));
                    File.WriteAllText(git, "gitdir: link/../store\n");
                    break;
                case "worktree":
                    Git("worktree", "add", "--quiet", folder.Combine("side"));
                    workspace = folder.Combine("side");
                    Append(config, traps);
                    break;
                case "worktree-config":
                    Git("worktree", "add", "--quiet", folder.Combine("side"));
                    workspace = folder.Combine("side");
                    Git("config", "extensions.worktreeConfig", "true");
                    Append(Path.Combine(git, "worktrees", "side", "config.worktree"), traps);
                    break;
                case "commondir-through-link":
                    Git("worktree", "add", "--quiet", folder.Combine("side"));
                    workspace = folder.Combine("side");
                    Directory.CreateSymbolicLink(Path.Combine(git, "worktrees", "side", "link"), Path.Combine(git, "objects"));
                    File.WriteAllText(Path.Combine(git, "worktrees", "side", "commondir"), "link/..\n");
                    Append(config, traps);
                    break;
                case "submodule":
                case "inside-submodule":
                    GitSandbox.RunIn(folder.FullPath, null, "clone", "--quiet", repository, folder.Combine("library"));
                    Git("submodule", "--quiet", "add", folder.Combine("library"), "s");
                    Append(Path.Combine(git, "modules", "s", "config"), traps);
                    Append(Path.Combine(git, "modules", "s", "info", "attributes"), "* filter=t\n");
                    Append(config, layout == "submodule" ? traps : "");
                    workspace = layout == "submodule" ? repository : Path.Combine(repository, "s");
                    break;
                case "mark-and-returns":
                    File.WriteAllText(config, "\uFEFF" + (File.ReadAllText(config) + traps).Replace("\n", "\r\n", StringComparison.Ordinal));
                    break;
                case "odd-bytes":
                    File.AppendAllText(config, traps);
                    using (FileStream stream = new(config, FileMode.Append))
                    {
                        stream.Write([.. "[filter \""u8, 0xFF, 0xFE, .. Encoding.UTF8.GetBytes($"\"]\n\tclean = {canary}\n")]);
                    }

                    break;
                case "case-and-blanks":
                    Append(config, $"[FILTER \"t\"] CLEAN\t =\t \"{canary}\" ; c\n[filter.t]\n process = {canary}\n[CORE]fsMonitor={canary}\n");
                    break;
                case "workspace-is-link":
                    Append(config, traps);
                    Directory.CreateDirectory(Path.Combine(repository, "sub"));
                    workspace = folder.Combine("workspace");
                    Directory.CreateSymbolicLink(workspace, Path.Combine(repository, "sub"));
                    break;
                case "personal":
                    Append(folder.Combine("home", ".gitconfig"), traps);
                    break;
                case "alternates":
                    Append(Path.Combine(git, "objects", "info", "alternates"), folder.Combine("none") + "\n");
                    Append(config, traps);
                    break;
                default:
                    Append(config, traps);
                    break;
            }
        }
    }

    private static string Traps(string canary, string hooks) =>
        string.Concat(Settings.Select(setting => Line(setting + canary))
            .Concat(Flags.Select(Line))
            .Append(Line("core.hooksPath=" + hooks)));

    // section.sub.section.key=value
    private static string Line(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        string name = setting[..equals];
        int first = name.IndexOf('.', StringComparison.Ordinal);
        int last = name.LastIndexOf('.');
        string section = first == last ? $"[{name[..first]}]" : $"[{name[..first]} \"{name[(first + 1)..last]}\"]";
        return $"{section}\n\t{name[(last + 1)..]} = {setting[(equals + 1)..]}\n";
    }

    // Same size, other time: git must look into the files, and would filter them for it.
    private static void Touch(string workspace)
    {
        foreach (string file in Directory.EnumerateFiles(workspace, "?"))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private static void ControlRuns(string workspace, string home)
    {
        ProcessStartInfo start = new("git", ["status"]) { WorkingDirectory = workspace, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = home;
        using Process git = Process.Start(start)!;
        Task<string> error = git.StandardError.ReadToEndAsync();
        git.StandardOutput.ReadToEnd();
        error.GetAwaiter().GetResult();
        git.WaitForExit();
    }
}
