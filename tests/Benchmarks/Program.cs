using System.Reflection;
using Benchmarks;

IBenchmark[] benchmarks =
[
    .. Assembly.GetExecutingAssembly().GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
        .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
        .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal),
];
if (args is [string name, .. string[] rest] && Array.Find(benchmarks, benchmark => benchmark.Name == name) is { } chosen)
{
    using CancellationTokenSource stop = new();
    Console.CancelKeyPress += (_, e) =>
    {
        e.Cancel = true;
        stop.Cancel();
    };
    if (Array.IndexOf(rest, "--program") is >= 0 and int at && at + 1 < rest.Length && !rest[at + 1].Contains('=', StringComparison.Ordinal))
    {
        OptimizerProcess.Program = Path.GetFullPath(rest[at + 1]);
    }

    return await chosen.RunAsync(rest, stop.Token);
}

Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Benchmarks -- NAME [options]; --program PATH runs a published optimizer instead of this build");
foreach (IBenchmark benchmark in benchmarks)
{
    Console.Error.WriteLine($"  {benchmark.Name,-24} {benchmark.Description}");
}

return args.Length == 0 ? 0 : 2;
