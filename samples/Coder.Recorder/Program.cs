using Coder.Recorder;

return await RecorderProgram.RunAsync(args, Environment.GetEnvironmentVariable, Console.Error);
