using System.Text.Json;
using Horreum.Client.Clients;
using Horreum.Client.Clients.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Horreum;

namespace Horreum.Client.Tests.Clients;

public sealed class ClientTests : IAsyncLifetime
{
    private const string ApiKey = "HUSR_00000000_0000_0000_0000_000000000000";
    private FakeHorreum _horreum = null!;

    public async Task InitializeAsync()
    {
        _horreum = await FakeHorreum.StartAsync();
        _horreum.State.AddRuns(3, DateTimeOffset.UtcNow, name: "a/b? ü");
    }

    public async Task DisposeAsync() => await _horreum.DisposeAsync();

    [Theory]
    [InlineData(ApiKey, "X-Horreum-API-Key", ApiKey)]
    [InlineData("aaa.bbb.ccc", "Authorization", "Bearer aaa.bbb.ccc")]
    public async Task GetAsync_Token_TravelsInTheHeaderForItsKind(string token, string header, string value)
    {
        await using ServiceProvider services = Services(options => options.UseToken(token), twice: true);

        await services.GetRequiredService<IHorreumClient>().Tests.GetAsync(123);

        FakeRequest sent = _horreum.Journal.Single();
        sent.Headers[header].Should().Be(value, "a second registration must not send it twice");
        sent.Headers.ContainsKey(header == "Authorization" ? "X-Horreum-API-Key" : "Authorization").Should().BeFalse();
    }

    [Fact]
    public async Task GetAsync_UserAndPassword_TravelAsBasic()
    {
        await using ServiceProvider services = Services(options => (options.UserName, options.Password) = ("me", "secret"));

        await services.GetRequiredService<IHorreumClient>().Tests.GetAsync(123);

        _horreum.Journal.Single().Headers["Authorization"].Should().Be("Basic bWU6c2VjcmV0");
    }

    [Fact]
    public async Task GetByNameAsync_NameWithReservedLetters_IsEncoded()
    {
        await using ServiceProvider services = Services(_ => { });

        Test test = await services.GetRequiredService<IHorreumClient>().Tests.GetByNameAsync("a/b? ü");

        test.Id.Should().Be(123);
    }

    [Fact]
    public async Task GetAsync_Refused_ThrowsWithoutSecrets()
    {
        _horreum.Fail(new FakeFault { Status = 403, Body = "not yours" });
        await using ServiceProvider services = Services(options => options.ApiKey = ApiKey);

        Func<Task> get = () => services.GetRequiredService<IHorreumClient>().Runs.GetAsync(1);

        HorreumApiException thrown = (await get.Should().ThrowAsync<HorreumApiException>()).Which;
        thrown.Message.Should().Be("GET /api/run/1 returned 403.");
        thrown.ResponseBody.Should().Be("not yours");
        thrown.ToString().Should().NotContain(ApiKey);
        services.GetRequiredService<IOptions<HorreumClientOptions>>().Value.ToString().Should().NotContain(ApiKey);
    }

    [Fact]
    public async Task GetAsync_Redirected_KeepsTheCredentialAtHome()
    {
        await using FakeHorreum other = await FakeHorreum.StartAsync();
        _horreum.Fail(new FakeFault { Status = 302 });
        await using ServiceProvider services = Services(options => options.ApiKey = ApiKey);

        await FluentActions.Awaiting(() => services.GetRequiredService<IHorreumClient>().Runs.GetAsync(1)).Should().ThrowAsync<HorreumApiException>();

        other.Journal.Should().BeEmpty();
    }

    [Fact]
    public async Task StreamTestValuesAsync_ManyItems_GivesThemOneByOne()
    {
        await using ServiceProvider services = Services(_ => { });
        List<int?> runs = [];

        await foreach (ExportedLabelValues values in services.GetRequiredService<IHorreumClient>().Labels.StreamTestValuesAsync(123))
        {
            runs.Add(values.RunId);
        }

        runs.Should().Equal(3, 2, 1);
    }

    [Fact]
    public async Task GetAsync_Cancelled_EndsTheCall()
    {
        _horreum.Fail(new FakeFault { Hang = true });
        await using ServiceProvider services = Services(_ => { });
        using CancellationTokenSource stop = new();
        Task<RunExtended> get = services.GetRequiredService<IHorreumClient>().Runs.GetAsync(1, stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => get).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("""{"start":1759320000000,"access":"PUBLIC"}""")]
    [InlineData("""{"start":"1759320000000","access":"PUBLIC","newMember":{"a":[1]}}""")]
    [InlineData("""{"start":"2025-10-01T12:00:00Z","access":"PUBLIC","schemas":null,"datasets":null}""")]
    public void Read_OtherFormsAndUnknownMembers_AreTolerated(string json)
    {
        RunSummary run = JsonSerializer.Deserialize<RunSummary>(json, HorreumJson.DefaultOptions)!;

        run.Start.Should().Be(new DateTimeOffset(2025, 10, 1, 12, 0, 0, TimeSpan.Zero));
        run.Schemas.Should().BeEmpty();
        run.Datasets.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"SECRET\"", "SECRET")]
    [InlineData("7", "unknown")]
    public void Read_UnknownAccess_KeepsTheWord(string json, string word) =>
        JsonSerializer.Deserialize<TestSummary>($$"""{"access":{{json}}}""", HorreumJson.DefaultOptions)!.Access.ToString().Should().Be(word);

    [Fact]
    public void Validate_ManyFaults_AreNamedTogether()
    {
        using ServiceProvider services = new ServiceCollection().AddLogging()
            .AddHorreumClient(options =>
            {
                options.BaseAddress = new Uri("ftp://x");
                options.ApiKey = ApiKey;
                options.UserName = "me";
                options.Timeout = TimeSpan.Zero;
                options.TlsCaFile = "/no/such/file.pem";
                options.MaxRetries = 99;
            })
            .Services.BuildServiceProvider();

        Func<object> read = () => services.GetRequiredService<IOptions<HorreumClientOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().Which.Message.Should()
            .Contain("BaseAddress").And.Contain("More than one").And.Contain("Password").And.Contain("Timeout").And.Contain("TlsCaFile").And.Contain("MaxRetries")
            .And.NotContain(ApiKey);
    }

    private ServiceProvider Services(Action<HorreumClientOptions> configure, bool twice = false)
    {
        ServiceCollection services = new();
        services.AddLogging();
        for (int i = 0; i < (twice ? 2 : 1); i++)
        {
            services.AddHorreumClient(options =>
            {
                options.BaseAddress = _horreum.Address;
                configure(options);
            });
        }

        return services.BuildServiceProvider();
    }
}
