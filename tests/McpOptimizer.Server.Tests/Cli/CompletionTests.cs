using System.Diagnostics;
using McpOptimizer.Server.Cli;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Cli;

/// <summary>The scripts of <c>completion</c>, read by the shells that they are for.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellFact("bash")]
    public Task Bash_Completes() => CompletesAsync("bash", (script, line) => $$"""
        source '{{script}}'
        COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{line.Count(letter => letter == ' ')}}
        [ "{{line[^1]}}" = ' ' ] && COMP_WORDS+=('')
        _mcp_optimizer
        printf '%s\n' "${COMPREPLY[@]}"
        """);

    // Outside of the line editor its variables are ordinary ones.
    [ShellFact("zsh")]
    public Task Zsh_Completes() => CompletesAsync("zsh", (script, line) => $$"""
        compdef() { :; }
        compadd() { print -l -- "${(@P)2}"; }
        source '{{script}}'
        BUFFER='{{line}}' CURSOR={{line.Length}} words=(mcp-optimizer)
        _mcp_optimizer
        """);

    [ShellFact("fish")]
    public Task Fish_Completes() => CompletesAsync("fish", (script, line) => $"source '{script}'; complete -C '{line}'");

    [ShellFact("pwsh")]
    public Task PowerShell_Completes() => CompletesAsync(
        "pwsh", (script, line) => $". '{script}'; (TabExpansion2 '{line}' {line.Length}).CompletionMatches | ForEach-Object CompletionText");

    [ShellFact("zsh")]
    public async Task Zsh_OutOfAFolderOfItsPath_CompletesTheFirstTime()
    {
        await RunAsync("zsh", $"'{Program}' completion zsh > '{_folder.Combine("_mcp-optimizer")}'");

        string found = await RunAsync("zsh", $$"""
            compdef() { :; }
            compadd() { print -l -- "${(@P)2}"; }
            fpath=('{{_folder.FullPath}}')
            autoload -Uz _mcp-optimizer
            BUFFER='mcp-optimizer connect ' CURSOR=22 words=(mcp-optimizer)
            _mcp-optimizer
            """);

        found.Split('\n').Should().Contain("claude-code");
    }

    private async Task CompletesAsync(string shell, Func<string, string, string> complete)
    {
        string script = _folder.Combine("completion");
        await File.WriteAllTextAsync(script, await RunAsync("sh", $"'{Program}' completion {shell}"));
        foreach ((string line, string expected) in new[] { ("mcp-optimizer tru", "trust"), ("mcp-optimizer connect cl", "claude-code"), ("mcp-optimizer find --lim", "--limit"), ("mcp-optimizer trust ", "approve") })
        {
            string[] found = (await RunAsync(shell, complete(script, line))).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

            found.Should().Contain(expected, line).And.NotContain(["/?", "/h"]);
        }
    }

    private string Program
    {
        get
        {
            string program = _folder.Combine("mcp-optimizer");
            if (!File.Exists(program))
            {
                File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{typeof(OptimizerCommandLine).Assembly.Location}' \"$@\"\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
            }

            return program;
        }
    }

    private async Task<string> RunAsync(string shell, string commands)
    {
        string[] arguments = shell switch { "zsh" => ["-f", "-c", commands], "pwsh" => ["-NoProfile", "-Command", commands], _ => ["-c", commands] };
        ProcessStartInfo start = new(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullPath}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _folder.FullPath;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        (await error).Should().BeEmpty();
        return output;
    }
}
