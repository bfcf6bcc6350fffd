using System.CommandLine;
using System.CommandLine.Parsing;
using Hosting.Configuration;

namespace Hosting.Cli;

/// <summary>
/// The command line that every host has: <c>--stdio</c>, <c>--urls</c>, any setting as <c>--Section:Key value</c>, help and version. A host adds options and commands of its
/// own to <see cref="Root"/>.
/// </summary>
public sealed class HostCommandLine
{
    private const string ExitCodes = """
        Any setting: --Section:Key VALUE, or Section__Key in the environment.

        Exit codes:
          0    done
          1    something did not work
          2    the command line, or a setting, cannot be used
          4    the address is in use
          129, 130, 131, 143  ended by a signal
        """;

    private readonly Option<bool> _stdio = new("--stdio") { Description = "Serve one client over standard input and output instead of HTTP." };
    private readonly Option<string?> _urls = new("--urls") { Description = "Addresses to listen on, separated by semicolons.", HelpName = "URLS" };
    private readonly string _text;

    /// <summary>A command line with the options that all have.</summary>
    /// <param name="description">What the program is, in a sentence.</param>
    /// <param name="text">What help says besides the options, such as variables of the environment; null for nothing.</param>
    public HostCommandLine(string description, string? text = null)
    {
        Root = new RootCommand(description) { _stdio, _urls };
        _text = text is null ? ExitCodes : $"{text}{Environment.NewLine}{Environment.NewLine}{ExitCodes}";
        HelpText.AddTo(Root, _ => _text);
    }

    /// <summary>Where options and commands are added.</summary>
    public RootCommand Root { get; }

    /// <summary>Reads a command line and does what it says.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="serve">Serves: given what was read, and the command line for <see cref="McpHost.RunAsync"/>.</param>
    /// <param name="cancellationToken">Stops what runs.</param>
    /// <returns>The exit code; 2 when the command line is at fault, with a line on standard error.</returns>
    public Task<int> RunAsync(string[] args, Func<ParseResult, string[], CancellationToken, Task<int>> serve, CancellationToken cancellationToken = default) =>
        RunAsync(args, serve, Console.Out, Console.Error, cancellationToken);

    internal Task<int> RunAsync(
        string[] args, Func<ParseResult, string[], CancellationToken, Task<int>> serve, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(serve);
        (string[] settings, string[] rest) = SettingArguments.Split(args);
        foreach (Option option in Root.Options.Where(option => option.Arity.MinimumNumberOfValues > 0))
        {
            option.Validators.Add(RequireValue);
        }

        Root.SetAction((parsed, token) => serve(parsed, [.. Flags(parsed), .. settings], token));
        return CommandLines.InvokeAsync(CommandLines.Parse(Root, rest), output, error, cancellationToken);
    }

    // The library takes whatever follows.
    private static void RequireValue(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
        {
            result.AddError($"'{result.Option.Name}' needs a value, but '{result.Tokens[0].Value}' follows it.");
        }
    }

    private IEnumerable<string> Flags(ParseResult parsed)
    {
        if (parsed.GetValue(_stdio))
        {
            yield return "--stdio";
        }

        if (parsed.GetValue(_urls) is { } urls)
        {
            yield return "--urls";
            yield return urls;
        }
    }
}
