using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shared.Embeddings;
using Shared.Testing;
using Shared.ToolHive;

namespace McpOptimizer.Core.Tests.Embeddings;

public sealed class HttpEmbeddingTests : IAsyncLifetime, IDisposable
{
    private readonly FakeEmbeddingService _service = new();
    private readonly RealTimersClock _time = new();
    private ServiceProvider? _provider;

    public Task InitializeAsync() => _service.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose() => _provider?.Dispose();

    [Fact]
    public async Task GenerateAsync_Tei_KeepsOrderOverBatches()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei(options => options.BatchSize = 3);

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(Texts(10));

        vectors.Select(vector => vector.Vector.Span[0]).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        vectors.Should().OnlyContain(vector => vector.ModelId == "acme/small@0123456789ab" && vector.Vector.Length == 8);
        _service.Journal.Count("POST", "/embed").Should().Be(4);
    }

    [Fact]
    public async Task GenerateAsync_TeiTellsSmallerLimit_SendsSmallerBatches()
    {
        _service.MaxBatch = 2;
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();

        await generator.GenerateAsync(Texts(5));

        _service.Journal.Entries.Where(entry => entry.Path == "/embed").Should().OnlyContain(entry => entry.Json!["inputs"]!.AsArray().Count <= 2);
    }

    [Fact]
    public async Task GenerateAsync_BodyTooLarge_HalvesUntilItPasses()
    {
        _service.MaxBatch = 2;
        _service.AdvertisedMaxBatch = 32;
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(Texts(7));

        vectors.Select(vector => vector.Vector.Span[0]).Should().Equal(1, 2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public async Task GenerateAsync_OpenAiAnswersInOtherOrder_SortsByIndex()
    {
        _service.Shuffled = true;
        IEmbeddingGenerator<string, Embedding<float>> generator = OpenAi();

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(Texts(4));

        vectors.Select(vector => vector.Vector.Span[0]).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public async Task GenerateAsync_OpenAi_SendsModelDimensionsAndNoEmptyText()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = OpenAi(options => options.Dimensions = 8);

        await generator.GenerateAsync(["", "b"]);

        JournalEntry last = _service.Journal.Entries[^1];
        last.Json!["model"]!.GetValue<string>().Should().Be("acme/small");
        last.Json["dimensions"]!.GetValue<int>().Should().Be(8);
        last.Json["input"]!.AsArray().Select(text => text!.GetValue<string>()).Should().Equal(" ", "b");
        Metadata(generator).DefaultModelId.Should().Be("acme/small/8");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task GenerateAsync_BusyTwice_TriesAgain(int status)
    {
        _service.Faults.Fail("/embed", status, "busy", times: 2);
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(["abc"]);

        vectors.Should().ContainSingle();
        _service.Journal.Count("POST", "/embed").Should().Be(3);
    }

    [Fact]
    public async Task GenerateAsync_StaysBusy_SaysHowOftenItTried()
    {
        _service.Faults.Fail("/embed", 503, "busy");
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei(options => options.MaxRetries = 2);

        Func<Task> act = () => generator.GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("The embedding service at *answered 503: busy (3 attempts)");
        _service.Journal.Count("POST", "/embed").Should().Be(3);
    }

    [Fact]
    public async Task GenerateAsync_RetryAfter_WaitsAsLongAsAsked()
    {
        Fault fault = new() { Path = "/embed", Status = 429, Times = 1 };
        fault.Headers["Retry-After"] = "1";
        _service.Faults.Add(fault);
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();
        long start = TimeProvider.System.GetTimestamp();

        await generator.GenerateAsync(["abc"]);

        TimeProvider.System.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData(FaultKind.Abort)]
    [InlineData(FaultKind.AbortMidway)]
    public async Task GenerateAsync_ConnectionBreaksOnce_TriesAgain(FaultKind kind)
    {
        _service.Faults.Add(kind, "/embed", times: 1);

        GeneratedEmbeddings<Embedding<float>> vectors = await Tei().GenerateAsync(["abc"]);

        vectors.Should().ContainSingle();
    }

    [Fact]
    public async Task GenerateAsync_Hangs_SaysHowLongItWaited()
    {
        _service.Faults.Add(FaultKind.Hang, "/embed");
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei(options => (options.MaxRetries, options.Timeout) = (0, TimeSpan.FromSeconds(1)));

        Func<Task> act = () => generator.GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*did not answer within 1 s*");
    }

    [Fact]
    public async Task GenerateAsync_BadRequest_FailsAtOnceWithTheServicesWords()
    {
        _service.Faults.Fail("/embed", 422, "tokens exceed the limit");

        Func<Task> act = () => Tei().GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*422: tokens exceed the limit*");
        _service.Journal.Count("POST", "/embed").Should().Be(1);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_StopsWaiting()
    {
        _service.Faults.Add(FaultKind.Hang, "/embed");
        using CancellationTokenSource stop = new();
        Task pending = Tei().GenerateAsync(["abc"], cancellationToken: stop.Token);
        await _service.Journal.WaitForAsync(entries => entries.Any(entry => entry.Path == "/embed"));

        await stop.CancelAsync();

        Func<Task> act = () => pending;
        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task GenerateAsync_KeyInEnvironment_IsSentAndNeverTold()
    {
        string variable = "TEST_EMBEDDINGS_KEY_" + Guid.NewGuid().ToString("N");
        _service.Key = "the-right-key";
        IEmbeddingGenerator<string, Embedding<float>> generator = OpenAi(options => options.ApiKeyVariable = variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "the-wrong-key");
            Func<Task> act = () => generator.GenerateAsync(["abc"]);
            (await act.Should().ThrowAsync<EmbeddingException>()).Which.ToString().Should().Contain(variable).And.NotContain("the-wrong-key");

            Environment.SetEnvironmentVariable(variable, "the-right-key");
            (await generator.GenerateAsync(["abc"])).Should().ContainSingle();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public async Task GenerateAsync_OtherWidth_IsRefused()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();
        await generator.GenerateAsync(["abc"]);
        _service.Width = 16;

        Func<Task> act = () => generator.GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*16 dimensions; 8 were expected*");
    }

    [Fact]
    public async Task GenerateAsync_TeiModelSwapped_TakesTheNewIdentityAfterTheInterval()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei();
        await generator.GenerateAsync(["abc"]);
        (_service.Model, _service.Width) = ("acme/large", 16);

        _time.Advance(TimeSpan.FromMinutes(6));
        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(["abc"]);

        vectors[0].Vector.Length.Should().Be(16);
        Metadata(generator).DefaultModelId.Should().Be("acme/large@0123456789ab");
        Metadata(generator).DefaultModelDimensions.Should().Be(16);
    }

    [Fact]
    public async Task GenerateAsync_OpenAiModelSwapped_FailsOnceThenGoesOn()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = OpenAi();
        await generator.GenerateAsync(["abc"]);
        _service.Model = "acme/next";

        Func<Task> act = () => generator.GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*changed its model; it is 'acme/next' now*");
        (await generator.GenerateAsync(["abc"]))[0].ModelId.Should().Be("acme/next");
    }

    [Fact]
    public async Task GenerateAsync_TeiServesAnotherModelThanConfigured_SaysBoth()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = Tei(options => (options.Model, options.Protocol) = ("acme/other", HttpEmbeddingProtocol.Tei));

        Func<Task> act = () => generator.GenerateAsync(["abc"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*'acme/small', not 'acme/other'*");
    }

    [Fact]
    public async Task GenerateAsync_VectorMissing_IsRefused()
    {
        _service.Missing = 1;

        Func<Task> act = () => Tei().GenerateAsync(["abc", "d"]);

        (await act.Should().ThrowAsync<EmbeddingException>()).WithMessage("*1 vectors for 2 texts*");
    }

    [Fact]
    public async Task GenerateAsync_NoJson_IsRefused()
    {
        _service.Faults.Add(FaultKind.Html, "/embed");

        Func<Task> act = () => Tei().GenerateAsync(["abc"]);

        await act.Should().ThrowAsync<EmbeddingException>();
    }

    [Fact]
    public async Task StartAsync_ServiceAnswers_IdentityIsKnownBeforeAnythingIsEmbedded()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHttpEmbeddings(options => options.Endpoint = _service.Address);
        using IHost host = builder.Build();

        await host.StartAsync();

        IEmbeddingGenerator<string, Embedding<float>> generator = host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Metadata(generator).DefaultModelId.Should().Be("acme/small@0123456789ab");
        Metadata(generator).ProviderName.Should().Be("tei");
        await host.StopAsync();
    }

    [Fact]
    public async Task StartAsync_ServiceIsDown_StartsAllTheSame()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHttpEmbeddings(options => (options.Endpoint, options.MaxRetries) = (new Uri("http://127.0.0.1:9"), 0));
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void AddHttpEmbeddings_BadSettings_AreNamedInOneMessage()
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddHttpEmbeddings(options => (options.BatchSize, options.Protocol, options.Timeout) = (0, HttpEmbeddingProtocol.OpenAi, TimeSpan.Zero))
            .BuildServiceProvider();

        Action act = () => _ = provider.GetRequiredService<IOptions<HttpEmbeddingOptions>>().Value;

        act.Should().Throw<OptionsValidationException>()
            .WithMessage("*Endpoint is ''*Model is empty*BatchSize is 0; allowed is 1 to 2048*Timeout is 00:00:00*");
    }

    private static IEnumerable<string> Texts(int count) => Enumerable.Range(1, count).Select(length => new string('x', length));

    private static EmbeddingGeneratorMetadata Metadata(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;

    private IEmbeddingGenerator<string, Embedding<float>> Tei(Action<HttpEmbeddingOptions>? configure = null) => Create(_service.Address, null, configure);

    private IEmbeddingGenerator<string, Embedding<float>> OpenAi(Action<HttpEmbeddingOptions>? configure = null) =>
        Create(new Uri(_service.Address, "/v1"), "acme/small", configure);

    private IEmbeddingGenerator<string, Embedding<float>> Create(Uri endpoint, string? model, Action<HttpEmbeddingOptions>? configure)
    {
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddHttpEmbeddings(options =>
            {
                (options.Endpoint, options.Model, options.RetryDelay) = (endpoint, model, TimeSpan.FromMilliseconds(1));
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
        return _provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    }
}
