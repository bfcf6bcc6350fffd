using System.CommandLine;
using Hosting;
using McpOptimizer.Server.Cli;

// The signals are ours from here on: the command line library would end the process two seconds after the first one, whatever still runs.
using StopSignals signals = new();
ParseResult asked = OptimizerCommandLine.Create().Parse(args);
if (!OptimizerCommandLine.Serves(asked))
{
    Console.SetOut(new VisibleWriter(Console.Out));
}

int code = await asked.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, signals.Asked);
return code == CliFaults.Interrupted ? signals.ExitCode ?? code : code;
