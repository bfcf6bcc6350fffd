using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Benchmarks.Micro;

/// <summary>The small hot parts, timed one by one by BenchmarkDotNet: encoder, token counter, search, validation of arguments.</summary>
internal sealed class MicroBenchmarks : IBenchmark
{
    /// <inheritdoc/>
    public string Name => "micro";

    /// <inheritdoc/>
    public string Description => "encoder, token counter, search and schema check by BenchmarkDotNet [its own options, such as --filter *Search*]";

    /// <inheritdoc/>
    public Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        // In this process: the projects BenchmarkDotNet writes for others know nothing of this repository's artifacts folder.
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "micro-benchmarks"));
        string[] options = args.Length == 0 ? ["--filter", "*"] : args;
        return Task.FromResult(BenchmarkSwitcher.FromTypes([typeof(EncoderMicro), typeof(SearchMicro), typeof(ValidationMicro)]).Run(options, config).Any() ? 0 : 1);
    }
}
