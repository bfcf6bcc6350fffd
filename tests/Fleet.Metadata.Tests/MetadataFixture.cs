using System.Text.Json;
using Fleet.Metadata.Clients;
using Fleet.Metadata.Json;
using Fleet.Metadata.Models;
using Fleet.Metadata.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared.Json;
using Shared.Testing;

namespace Fleet.Metadata.Tests;

/// <summary>The service as an application gets it, over a folder of the test. Every answer is checked against the schema.</summary>
internal sealed class MetadataFixture : IAsyncDisposable
{
    private static readonly string SchemaText = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "metadata-response.schema.json"));
    private static readonly SchemaValidator Schema = new(JsonDocument.Parse(SchemaText).RootElement);

    // A loaded machine may need long for one git process; tests of deadlines set their own.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;
    private readonly TemporaryFolder _folder = new();

    public MetadataFixture(string repository, Action<FleetMetadataOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!;
        Environment["HOME"] = _folder.FullPath;
        TaskStateFile = _folder.Combine("task.json");
        ServiceCollection collection = new();
        collection.AddSingleton(new ProcessEnvironment(Environment.GetValueOrDefault));
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services?.Invoke(collection);
        collection.AddFleetMetadata(options =>
        {
            options.RepositoryPath = repository;
            options.TaskStateFile = TaskStateFile;
            options.Deadline = Patience;
            options.GitDeadline = Patience;
            options.ForgeEnabled = false;
            configure?.Invoke(options);
        });
        _services = collection.BuildServiceProvider();
    }

    /// <summary>The variables of the workspace.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public RealTimersClock Time { get; } = new();

    public LogEntries Log { get; } = new();

    public string TaskStateFile { get; }

    public string Folder => _folder.FullPath;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<IReadOnlyDictionary<string, MetadataEntry>> CollectAsync()
    {
        MetadataResponse response = await Get<IMetadataService>().GetAllAsync();
        Check(response);
        return response.Data;
    }

    /// <summary>The values as text, by key.</summary>
    public async Task<Dictionary<string, string>> ValuesAsync() =>
        (await CollectAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.Value.ToString());

    public static void Check(MetadataResponse response)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(response, FleetMetadataJson.DefaultOptions.GetTypeInfo(typeof(MetadataResponse)));
        using JsonDocument document = JsonDocument.Parse(json);
        Check(document.RootElement);
    }

    public static void Check(JsonElement response)
    {
        Schema.Validate(response).Should().BeEmpty();
        foreach (JsonProperty entry in response.GetProperty("data").EnumerateObject())
        {
            JsonElement schema = entry.Value.GetProperty("schema");
            JsonElement value = entry.Value.GetProperty("value");
            JsonValueKind kind = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
            kind.Should().Be(schema.GetProperty("type").GetString() switch
            {
                "number" => JsonValueKind.Number,
                "boolean" => JsonValueKind.True,
                _ => JsonValueKind.String,
            });
            if (schema.TryGetProperty("values", out JsonElement values))
            {
                values.EnumerateArray().Select(word => word.GetString()).Should().Contain(value.GetString());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
