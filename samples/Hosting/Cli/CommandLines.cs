using System.CommandLine;
using System.CommandLine.Invocation;

namespace Hosting.Cli;

/// <summary>Reads and runs a command line the same way in every program: signals stay with the host, and what cannot be understood is told in one line with an exit code of its own.</summary>
public static class CommandLines
{
    /// <summary>The exit code of a command line that cannot be understood, and of a setting that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Reads a command line. An argument that begins with <c>@</c> is itself and not the name of a file.</summary>
    public static ParseResult Parse(RootCommand root, IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Does what it says.</summary>
    /// <returns>The exit code of the command; <see cref="BadInput"/> when the command line is at fault.</returns>
    public static Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken = default) => InvokeAsync(parsed, Console.Out, Console.Error, cancellationToken);

    /// <summary>The same, with writers for help and faults.</summary>
    public static async Task<int> InvokeAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (string fault in parsed.Errors.Select(fault => fault.Message).Distinct())
            {
                await error.WriteLineAsync(VisibleText.Escape(fault));
            }

            await error.WriteLineAsync($"See {string.Join(' ', Names(parsed.CommandResult.Command))} --help.");
            return BadInput;
        }

        // The library would end the process two seconds after the first signal, whatever still runs.
        InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null, Output = output, Error = error };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? [.. Names(parent), command.Name] : [command.Name];
}
