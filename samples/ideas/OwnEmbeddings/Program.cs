// Vectors of the application's own instead of the built-in encoder's: any IEmbeddingGenerator of Microsoft.Extensions.AI will do.
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMcpOptimizer(options => options.Store.DatabasePath = Path.Combine(AppContext.BaseDirectory, "optimizer.db"));
builder.Services.AddServersFileSource(Path.Combine(AppContext.BaseDirectory, "servers.json"));
builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, LetterPairs>();
using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IngestionStatus>().WaitForFirstIngestionAsync();

FindRequest need = new() { Query = new ToolQuery { Description = "alarrm clokk" } };
FindResult found = await host.Services.GetRequiredService<IDiscoveryService>().FindAsync(need, CallerIdentity.Anonymous);
Console.WriteLine($"Misspelt, and still {found.Tools[0].Hit.Tool.Name}; {LetterPairs.Made} texts were embedded by the application.");
await host.StopAsync();

/// <summary>Counts pairs of letters: a toy, but a complete generator.</summary>
internal sealed class LetterPairs : IEmbeddingGenerator<string, Embedding<float>>
{
    // The model's name is kept with what is stored: another name, and everything is embedded anew.
    private readonly EmbeddingGeneratorMetadata _metadata = new("application", null, "letter-pairs-1", 27 * 27);

    public static int Made { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(Embed)));

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }

    private static Embedding<float> Embed(string text)
    {
        Made++;
        float[] pairs = new float[27 * 27];
        foreach ((char first, char second) in text.ToLowerInvariant().Zip(text.ToLowerInvariant().Skip(1)))
        {
            pairs[(Place(first) * 27) + Place(second)]++;
        }

        return new Embedding<float>(pairs);
    }

    private static int Place(char letter) => letter is >= 'a' and <= 'z' ? letter - 'a' + 1 : 0;
}
