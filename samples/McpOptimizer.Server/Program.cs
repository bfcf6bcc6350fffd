using System.CommandLine;
using Hosting;
using Hosting.Cli;
using McpOptimizer.Server.Cli;

// The signals are ours from here on.
using StopSignals signals = new();
ParseResult parsed = CommandLines.Parse(OptimizerCommandLine.Create(), args);
if (!OptimizerCommandLine.Serves(parsed))
{
    Console.SetOut(new VisibleWriter(Console.Out));
}

int code = await CommandLines.InvokeAsync(parsed, signals.Asked);
return code == CliFaults.Interrupted ? signals.ExitCode ?? code : code;
