using System.CommandLine;
using System.Net;
using Horreum.Server.Configuration;
using Horreum.Server.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shared.Horreum;

namespace Horreum.Client.Tests.Server;

[Collection(nameof(OwnEnvironment))]
public sealed class OperationsTests
{
    [Fact]
    public async Task Get_Metrics_CountToolsOfBothWaysOnAPortOfTheirOwn()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("METRICS_ENABLED", "true"), ("METRICS_PORT", "0"));
        await server.CallAsync("list_tests");
        await server.CallAsync("get_run", """{"runId":99999}""");
        MetricsListener listener = server.Services.GetServices<IHostedService>().OfType<MetricsListener>().Single();
        using HttpClient http = new();

        string text = await http.GetStringAsync(new Uri(listener.Address!.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));

        text.Should().Contain("mcp_tool_invocations_total").And.Contain("tool=\"list_tests\"").And.Contain("outcome=\"error\"");
        text.Should().Contain("mcp_tool_duration_ms_bucket").And.Contain("horreum_upstream_requests_total").And.Contain("api/test/summary");
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("YES", true)]
    public void Read_Booleans_MeanWhatTheySay(string word, bool http)
    {
        ServerSettings settings = ServerFixture.Settings(new Uri("http://h"), ("HTTP_MODE_ENABLED", word), ("METRICS_ENABLED", word), ("TRACING_ENABLED", word));

        settings.Host.Stdio.Should().Be(!http);
        (settings.MetricsPort is not null).Should().Be(http);
        settings.Tracing.Should().Be(http);
    }

    [Fact]
    public void Read_ManyFaults_AreNamedTogetherWithoutSecrets()
    {
        Action read = () => ServerFixture.Settings(
            new Uri("http://h"),
            ("HORREUM_BASE_URL", "not a url"),
            ("HORREUM_TLS_VERIFY", "perhaps"),
            ("HORREUM_RATE_LIMIT", "0"),
            ("HORREUM_TIMEOUT", "abc"),
            ("HTTP_PORT", "99999"),
            ("HORREUM_CONTRACT_NAMING", "kebab"),
            ("LOG_LEVEL", "loud"),
            ("HORREUM_TOKEN", "HUSR_secret"));

        string message = read.Should().Throw<SettingsException>().Which.Message;
        foreach (string name in (string[])["HORREUM_BASE_URL", "HORREUM_TLS_VERIFY", "HORREUM_RATE_LIMIT", "HORREUM_TIMEOUT", "HTTP_PORT", "HORREUM_CONTRACT_NAMING", "LOG_LEVEL"])
        {
            message.Should().Contain(name);
        }

        message.Should().NotContain("HUSR_secret");
    }

    [Fact]
    public void Read_WithoutToken_BindsToLoopback()
    {
        ServerFixture.Settings(new Uri("http://h"), ("HTTP_AUTH_TOKEN", null), ("HTTP_HOST", null)).Host.Urls.Should().Equal("http://127.0.0.1:0");
        ServerFixture.Settings(new Uri("http://h"), ("HTTP_HOST", null), ("HTTP_PORT", "3000")).Host.Urls.Should().Equal("http://0.0.0.0:3000");
    }

    [Theory]
    [InlineData("--debug", LogLevel.Debug)]
    [InlineData("--log-level=error", LogLevel.Error)]
    [InlineData("--silent", LogLevel.None)]
    public void Parse_CommandLine_BeatsTheEnvironment(string argument, LogLevel level)
    {
        ServerArguments arguments = new();
        RootCommand root = [];
        arguments.AddTo(root);
        Func<string, string?> read = arguments.Over(root.Parse([argument, "--http", "--port", "4000"]), name => name switch
        {
            "HORREUM_BASE_URL" => "http://h",
            "LOG_LEVEL" => "warn",
            _ => null,
        });

        ServerSettings settings = ServerSettings.Read(read);

        settings.LogLevel.Should().Be(level);
        settings.Host.Stdio.Should().BeFalse();
        settings.Host.Urls.Should().Equal("http://127.0.0.1:4000");
    }

    [Fact]
    public async Task Options_AllowedOrigin_IsAnsweredWithoutAToken()
    {
        await using ServerFixture server = await ServerFixture.StartAsync(("CORS_ORIGINS", "https://ui.example.com"));
        using HttpClient http = new() { BaseAddress = server.Http.BaseAddress };
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/api/tools/horreum_list_runs");
        preflight.Headers.Add("Origin", "https://ui.example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");

        using HttpResponseMessage response = await http.SendAsync(preflight);

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://ui.example.com");
        using HttpRequestMessage get = new(HttpMethod.Get, "/api/tools/horreum_list_runs");
        get.Headers.Add("Origin", "https://ui.example.com");
        using HttpResponseMessage answer = await http.SendAsync(get);
        string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")).Split(',').Should()
            .Contain(["Mcp-Session-Id", "Retry-After", "X-Correlation-Id"], "pages are to see what the answer says of itself");
    }

    [Fact]
    public async Task Post_AcceptsGzip_CompressesTheAnswer()
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        using StringContent body = new("""{"testId":123}""", System.Text.Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/tools/horreum_list_runs") { Content = body };
        request.Headers.Add("Accept-Encoding", "gzip");

        using HttpResponseMessage response = await server.Http.SendAsync(request);

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
    }

    [Fact]
    public async Task Start_TracingEnabled_ExportsSpans()
    {
        await using FakeHorreum collector = await FakeHorreum.StartAsync();
        string? before = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri);
        try
        {
            await using (ServerFixture server = await ServerFixture.StartAsync(("TRACING_ENABLED", "true")))
            {
                await server.CallAsync("list_tests");
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", before);
        }

        collector.Journal.Should().Contain(request => request.Path == "/v1/traces" && request.Body.Contains("tool.list_tests", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HORREUM_TIMEOUT", "3", "milliseconds", "3000")]
    [InlineData("HORREUM_TIMEOUT", "300", "milliseconds", "300000")]
    [InlineData("HORREUM_TIMEOUT", "30s", "milliseconds", "1000")]
    [InlineData("HORREUM_RETRY_DELAY", "2", "milliseconds", "2000")]
    [InlineData("SESSION_TIMEOUT", "3600", "milliseconds", "3600000")]
    [InlineData("HORREUM_MAX_DATASET_SIZE", "10", "bytes", "1024")]
    [InlineData("HTTP_MAX_BODY_SIZE", "32", "bytes", "1024")]
    public void Read_ValueThatNobodyMeans_IsRefusedWithTheUnit(string name, string value, string unit, string meant)
    {
        Action read = () => ServerFixture.Settings(new Uri("http://h"), (name, value));

        read.Should().Throw<SettingsException>().Which.Message.Should().Contain($"{name} is '{value}'").And.Contain(unit).And.Contain(meant);
    }

    [Fact]
    public void Read_LlmTimeoutInSeconds_IsRefusedWithTheUnit()
    {
        Action read = () => ServerFixture.Settings(new Uri("http://h"), ("LLM_TIMEOUT", "60"), ("LLM_QUERY_TIMEOUT", "300"));

        read.Should().Throw<SettingsException>().Which.Message.Should().Contain("LLM_TIMEOUT is '60'").And.Contain("60000").And.Contain("LLM_QUERY_TIMEOUT");
    }

    [Theory]
    [InlineData("ftp://user:pass-word@h/p?token=se-cret#f")]
    [InlineData("user:pass-word@h?token=se-cret")]
    public void Read_AddressWithSecrets_IsShownWithoutThem(string address)
    {
        Action read = () => ServerFixture.Settings(new Uri("http://h"), ("HORREUM_BASE_URL", address));

        read.Should().Throw<SettingsException>().Which.Message.Should().Contain("HORREUM_BASE_URL").And.NotContain("pass-word").And.NotContain("se-cret");
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:0")]
    [InlineData("0.0.0.0", null, "http://0.0.0.0:0")]
    [InlineData("127.0.0.1", "0.0.0.0", "http://0.0.0.0:0")]
    [InlineData("0.0.0.0", "127.0.0.1", "http://127.0.0.1:0")]
    [InlineData(null, "::1", "http://[::1]:0")]
    public void Read_Metrics_AreBoundWhereTheHostIs(string? http, string? metrics, string expected)
    {
        ServerSettings settings = ServerFixture.Settings(new Uri("http://h"), ("METRICS_ENABLED", "true"), ("METRICS_PORT", "0"), ("HTTP_HOST", http), ("METRICS_HOST", metrics));

        ServerSettings.ToUrl(settings.MetricsHost, settings.MetricsPort!.Value).Should().Be(expected, "a token opens the host's port alone");
    }

    [Fact]
    public async Task Start_KestrelEndpointsInTheEnvironment_DoNotBindTheMetrics()
    {
        const string variable = "ASPNETCORE_Kestrel__Endpoints__Other__Url";
        string? before = Environment.GetEnvironmentVariable(variable);
        ServerSettings settings = ServerFixture.Settings(new Uri("http://h"), ("METRICS_ENABLED", "true"), ("METRICS_PORT", "0"));
        await using ServerFixture server = await ServerFixture.StartAsync();
        MetricsListener listener = new(settings, server.Services, Microsoft.Extensions.Logging.Abstractions.NullLogger<MetricsListener>.Instance);
        Environment.SetEnvironmentVariable(variable, "http://0.0.0.0:0");
        try
        {
            await listener.StartAsync(default);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }

        listener.Address.Should().StartWith("http://127.0.0.1:");
        using HttpClient http = new();
        (await http.GetStringAsync(new Uri(listener.Address!))).Should().Contain("# TYPE");
        await listener.StopAsync(default);
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/api/tools/horreum_list_tests")]
    [InlineData("/api/query")]
    [InlineData("/api/nothing")]
    [InlineData("/openapi.json")]
    public async Task Request_WrongBearer_Is401WithInvalidTokenEverywhere(string path)
    {
        await using ServerFixture server = await ServerFixture.StartAsync();
        using HttpClient http = new() { BaseAddress = server.Http.BaseAddress };
        foreach ((string? header, bool invalid) in new[] { ("Bearer wrong-token", true), ((string?)null, false) })
        {
            using HttpRequestMessage request = new(path == "/openapi.json" ? HttpMethod.Get : HttpMethod.Post, path);
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", header);
            }

            using HttpResponseMessage response = await http.SendAsync(request);

            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            string challenge = string.Join(", ", response.Headers.GetValues("WWW-Authenticate"));
            challenge.Should().StartWith("Bearer");
            challenge.Contains("invalid_token", StringComparison.Ordinal).Should().Be(invalid, challenge);
        }
    }
}
