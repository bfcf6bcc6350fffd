namespace Conformance;

/// <summary>With setting <c>SlowStart:Until</c>: a service that has not started before a file of that name is there. It fails when the file is not empty.</summary>
internal sealed class SlowStart(IConfiguration configuration) : IHostedService
{
    private const string Key = "SlowStart:Until";

    public static IServiceCollection AddTo(IHostApplicationBuilder builder) =>
        builder.Configuration[Key] is null ? builder.Services : builder.Services.AddHostedService<SlowStart>();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string file = configuration[Key]!;
        while (!File.Exists(file))
        {
            await Task.Delay(20, cancellationToken);
        }

        if (await File.ReadAllTextAsync(file, cancellationToken) is { Length: > 0 } fault)
        {
            throw new InvalidDataException(fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
