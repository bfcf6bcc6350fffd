using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary>Flags of <c>serve</c>.</summary>
internal sealed class ServeOptions
{
    private readonly Option<bool> _stdio = new("--stdio") { Description = "Serve one client over standard input and output instead of HTTP." };
    private readonly Option<string?> _urls = new("--urls") { Description = "Addresses to listen on, separated by semicolons. Default: http://127.0.0.1:9900", HelpName = "URLS" };

    public void AddTo(Command command)
    {
        command.Add(_stdio);
        command.Add(_urls);
    }

    public ServeSettings Read(ParseResult result) => new(result.GetValue(_stdio), result.GetValue(_urls));
}
