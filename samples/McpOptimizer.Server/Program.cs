using System.CommandLine;
using Hosting;
using McpOptimizer.Server.Cli;

// The signals are ours from here on: the command line library would end the process two seconds after the first one, whatever still runs.
using StopSignals signals = new();
ParseResult parsed = OptimizerCommandLine.Create().Parse(args);
if (!OptimizerCommandLine.Serves(parsed))
{
    Console.SetOut(new VisibleWriter(Console.Out));
}

int code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, signals.Asked);
return code == CliFaults.Failed && parsed.Errors.Count > 0 ? CliFaults.BadInput
    : code == CliFaults.Interrupted ? signals.ExitCode ?? code : code;
