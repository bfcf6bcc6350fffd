using Evaluation;

return await EvaluationProgram.RunAsync(args, Console.Out, Console.Error);
