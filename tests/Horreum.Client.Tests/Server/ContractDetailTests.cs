using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Horreum.Client.Models;
using Horreum.Client.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

/// <summary>Smaller demands of the contract, each asked for by a line of the design.</summary>
public sealed class ContractDetailTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(30, true)]
    public void Describe_LimitsAndCaching_AreThoseOfTheSettings(int keptSeconds, bool caches)
    {
        SourceService source = new(
            Options.Create(new HorreumClientOptions { BaseAddress = new Uri("http://h"), RequestsPerSecond = 7 }),
            Options.Create(new HorreumContractOptions { NameCacheDuration = TimeSpan.FromSeconds(keptSeconds) }));

        SourceDescription description = source.Describe();

        description.Limits.RateLimitPerSecond.Should().Be(7);
        description.Limits.RateLimitPerMinute.Should().Be(420);
        description.Capabilities.Caching.Should().Be(caches);
    }

    [Fact]
    public async Task Post_AcceptsBrotli_CompressesTheAnswer()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        using StringContent body = new("""{"testId":123}""", System.Text.Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/tools/horreum_list_runs") { Content = body };
        request.Headers.Add("Accept-Encoding", "br, gzip;q=0.5");

        using HttpResponseMessage response = await server.Http.SendAsync(request);

        response.Content.Headers.ContentEncoding.Should().Equal("br");
        await using BrotliStream plain = new(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(plain)).RootElement.GetProperty("runs").GetArrayLength().Should().BePositive();
    }

    [Theory]
    [InlineData("{}", "pong")]
    [InlineData("""{"message":"hello"}""", "hello")]
    public async Task Post_Ping_AnswersTheMessage(string body, string expected)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();

        (int status, JsonElement answer) = await server.CallAsync("ping", body);

        status.Should().Be(200);
        answer.GetString().Should().Be(expected);
        server.Horreum.Journal.Should().BeEmpty("it does not ask Horreum");
    }

    [Theory]
    [InlineData("\"cpu\"", "include=cpu")]
    [InlineData("[\"cpu\"]", "include=cpu")]
    [InlineData("[\"cpu\",\"memory\"]", "include=cpu&include=memory")]
    public async Task Post_Include_IsTakenAsTextAndAsList(string include, string query)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();

        (int status, JsonElement answer) = await server.CallAsync("get_test_label_values", $$"""{"testId":123,"include":{{include}},"exclude":{{include.Replace("cpu", "disk", StringComparison.Ordinal)}}}""");

        status.Should().Be(200, answer.ToString());
        string sent = server.Horreum.Journal[^1].Query;
        sent.Should().Contain(query).And.Contain(query.Replace("include", "exclude", StringComparison.Ordinal).Replace("cpu", "disk", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("7", 7)]
    public async Task Post_NoInterval_ShowsTheDefaultThatApplied(string? days, int expected)
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("HORREUM_DEFAULT_RANGE_DAYS", days));

        (_, JsonElement answer) = await server.CallAsync("list_runs", """{"testId":123}""");

        JsonElement range = answer.GetProperty("timeRange");
        range.GetProperty("defaulted").GetBoolean().Should().BeTrue();
        (DateTimeOffset.UtcNow - range.GetProperty("from").GetDateTimeOffset()).TotalDays.Should().BeApproximately(expected, 0.1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/under/a/path")]
    [InlineData("/under/a/path/")]
    public async Task Get_BaseAddressWithAnyTrailingSlash_IsTheSameAddress(string path)
    {
        await using FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(1, DateTimeOffset.UtcNow);
        ServiceCollection registered = new();
        registered.AddLogging();
        registered.AddHorreumClient(options => options.BaseAddress = new Uri(horreum.Address.AbsoluteUri.TrimEnd('/') + path));
        await using ServiceProvider services = registered.BuildServiceProvider();

        try
        {
            await services.GetRequiredService<IHorreumClient>().Tests.GetAsync(123);
        }
        catch (HorreumApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // The fake has nothing below a path; what counts is where it was asked.
        }

        horreum.Journal.Single().Path.Should().Be(path.TrimEnd('/') + "/api/test/123");
    }

    [Theory]
    [InlineData("http://horreum.example", true)]
    [InlineData("https://horreum.example", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    public void Read_TokenOverPlainHttpToAnotherMachine_IsWarnedOf(string address, bool warns)
    {
        string? warning = ServerFixture.Settings(new Uri(address), ("HORREUM_TOKEN", "HUSR_secret_value")).CredentialWarning;

        (warning is not null).Should().Be(warns);
        warning?.Should().Contain("horreum.example").And.NotContain("HUSR_secret");
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("line\nbreak", false)]
    [InlineData("ü", false)]
    public void Accept_CorrelationId_IsTakenWhenShortAndPlain(string offered, bool isTaken) => (CorrelationId.Accept(offered) == offered).Should().Be(isTaken);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Accept_CorrelationIdOfSomeLength_IsTakenUpTo128(int length, bool isTaken) => (CorrelationId.Accept(new string('a', length)) == new string('a', length)).Should().Be(isTaken);
}
