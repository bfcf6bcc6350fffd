namespace Benchmarks;

/// <summary>One benchmark that <c>dotnet run -c Release --project tests/Benchmarks -- NAME [options]</c> runs.</summary>
internal interface IBenchmark
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the listing.</summary>
    string Description { get; }

    /// <summary>Runs with the arguments behind the name and prints a table.</summary>
    Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default);
}
