using McpOptimizer.Server.Cli;

return await OptimizerCommandLine.Create().Parse(args).InvokeAsync();
