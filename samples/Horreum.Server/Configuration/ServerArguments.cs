using System.CommandLine;

namespace Horreum.Server.Configuration;

/// <summary>The options of this server's command line. Each stands for a variable of the environment, and beats it.</summary>
public sealed class ServerArguments
{
    private readonly Option<bool> _http = new("--http") { Description = "Serve HTTP (as HTTP_MODE_ENABLED=true) instead of stdio." };
    private readonly Option<string?> _port = new("--port") { Description = "Port for HTTP (as HTTP_PORT). Default: 3000", HelpName = "N" };

    private readonly Option<string?> _logLevel = new("--log-level")
    {
        Description = "fatal, error, warn, info, debug, trace or silent (as LOG_LEVEL)",
        HelpName = "LEVEL",
    };

    private readonly Option<bool> _debug = new("--debug", "-d") { Description = "The same as --log-level debug." };
    private readonly Option<bool> _trace = new("--trace") { Description = "The same as --log-level trace." };
    private readonly Option<bool> _silent = new("--silent") { Description = "The same as --log-level silent." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (Option option in (Option[])[_http, _port, _logLevel, _debug, _trace, _silent])
        {
            command.Add(option);
        }
    }

    /// <summary>The environment with what was read from the command line over it.</summary>
    public Func<string, string?> Over(ParseResult parsed, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(environment);
        string? level = parsed.GetValue(_silent) ? "silent" : parsed.GetValue(_trace) ? "trace" : parsed.GetValue(_debug) ? "debug" : parsed.GetValue(_logLevel);
        string? port = parsed.GetValue(_port);
        bool http = parsed.GetValue(_http);
        return name => name switch
        {
            "HTTP_MODE_ENABLED" when http => "true",
            "HTTP_PORT" when port is not null => port,
            "LOG_LEVEL" when level is not null => level,
            _ => environment(name),
        };
    }
}
