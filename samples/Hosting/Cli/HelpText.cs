using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Hosting.Cli;

/// <summary>What <c>--help</c> says besides the flags: examples, environment variables, exit codes.</summary>
public sealed class HelpText : SynchronousCommandLineAction
{
    private readonly HelpAction _inner;
    private readonly Func<Command, string> _more;

    private HelpText(HelpAction inner, Func<Command, string> more) => (_inner, _more) = (inner, more);

    /// <summary>Adds it to the help of a command line.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="more">What to say below the flags of a command.</param>
    public static void AddTo(RootCommand root, Func<Command, string> more)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(more);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            // They would be completed among names and flags, and may be a path.
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
            if (help.Action is HelpAction action)
            {
                help.Action = new HelpText(action, more);
            }
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        int code = _inner.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(_more(parseResult.CommandResult.Command));
        return code;
    }
}
