using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary><c>completion SHELL</c>: a script that lets a shell complete commands, flags and names. The program itself is asked for what fits.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _mcp_optimizer() {
                local rest="${COMP_LINE#* }"
                local at=$(( COMP_POINT - (${#COMP_LINE} - ${#rest}) ))
                local IFS=$'\n'
                COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$at]" "$rest" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _mcp_optimizer mcp-optimizer
            """,
        ["zsh"] = """
            #compdef mcp-optimizer
            _mcp_optimizer() {
                local rest="${BUFFER#* }"
                local at=$(( CURSOR - (${#BUFFER} - ${#rest}) ))
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:$at]" "$rest" 2>/dev/null)}")
                compadd -a found
            }
            # Out of a folder of $fpath this file is itself the function, from the first time on.
            if [[ "${funcstack[1]}" == _mcp-optimizer ]]; then
                _mcp_optimizer "$@"
            else
                compdef _mcp_optimizer mcp-optimizer
            fi
            """,
        ["fish"] = """
            function __mcp_optimizer
                set -l line (commandline -cp)
                set -l rest (string replace -r '^\S+ ?' '' -- $line)
                mcp-optimizer "[suggest:"(string length -- $rest)"]" "$rest" 2>/dev/null
            end
            complete -c mcp-optimizer -f -a '(__mcp_optimizer)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName mcp-optimizer -ScriptBlock {
                param($word, $ast, $cursor)
                $line = $ast.ToString()
                $first = $line.IndexOf(' ') + 1
                mcp-optimizer "[suggest:$($cursor - $first)]" $line.Substring($first) 2>$null |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = string.Join(", ", Scripts.Keys) };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Command command = new("completion", "Prints a script that completes commands, flags and names in a shell.") { shell };
        command.SetAction(async (result, _) =>
        {
            await Console.Out.WriteLineAsync(Scripts[result.GetValue(shell)!]);
            return 0;
        });
        return command;
    }
}
