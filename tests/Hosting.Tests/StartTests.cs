using Microsoft.AspNetCore.Builder;

namespace Hosting.Tests;

/// <summary>What the host refuses to start with, and what it says.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://mcp.example:8080")]
    public void Build_ReachableAddressWithoutToken_SaysThatATokenIsRequired(string url)
    {
        Action build = () => Build(options => options.Urls = ["http://127.0.0.1:0", url]);

        build.Should().Throw<McpHostConfigurationException>().WithMessage($"*'{url}'*bearer token is required*");
    }

    [Theory]
    [InlineData("http://localhost:9900")]
    [InlineData("http://127.1.2.3:9900")]
    [InlineData("http://[::1]:9900")]
    public void Build_LoopbackAddressWithoutToken_IsFine(string url) => Build(options => options.Urls = [url]);

    [Fact]
    public void Build_SeveralFaults_NamesAllInOneMessage()
    {
        Action build = () => Build(options =>
        {
            options.Name = " ";
            options.McpPath = "mcp";
            options.Urls = ["localhost"];
            options.MaxSessions = 0;
            options.MaxRequestBodyBytes = -1;
            options.SessionIdleTimeout = TimeSpan.Zero;
            options.AllowedOrigins = ["example.com/path"];
            options.BearerToken = "two words";
        });

        string message = build.Should().Throw<McpHostConfigurationException>().Which.Message;
        string[] settings = ["Name", "McpPath", "Urls", "MaxSessions", "MaxRequestBodyBytes", "SessionIdleTimeout", "AllowedOrigins", "BearerToken"];
        foreach (string setting in settings)
        {
            message.Should().Contain($"Host:{setting} ");
        }

        message.Should().NotContain("two words");
    }

    [Fact]
    public void Build_TokenFileMissing_SaysSo()
    {
        Action build = () => Build(options => options.BearerTokenFile = "/no/such/file");

        build.Should().Throw<McpHostConfigurationException>().WithMessage("*Host:BearerTokenFile '/no/such/file' cannot be read*");
    }

    [Fact]
    public void Build_OneTokenForTwoSubjects_SaysSoWithoutTheToken()
    {
        Action build = () => Build(options =>
        {
            options.BearerTokens["anna"] = "shared-secret";
            options.BearerTokens["ben"] = "shared-secret";
        });

        build.Should().Throw<McpHostConfigurationException>().Which.Message.Should().Contain("Host:BearerTokens:ben").And.NotContain("shared-secret");
    }

    [Fact]
    public async Task Build_CommandLine_OverridesTheDefaults()
    {
        McpHostOptions options = TestHost.Options();
        string[] args =
        [
            "--urls", "http://127.0.0.1:0;http://[::1]:0", "--Host:MaxSessions", "5", "--Host:SessionIdleTimeout=00:01:00", "--Host:AllowedHosts:0=a.example",
            "--Host:AllowedHosts:1=b.example", "--Host:AcceptProfiles=true", "--Host:BearerTokens:anna=secret",
        ];

        await using WebApplication app = (WebApplication)McpHost.Build(options, args, builder => TestHost.Configure(builder));

        options.Urls.Should().Equal("http://127.0.0.1:0", "http://[::1]:0");
        options.MaxSessions.Should().Be(5);
        options.SessionIdleTimeout.Should().Be(TimeSpan.FromMinutes(1));
        options.AllowedHosts.Should().Equal("a.example", "b.example");
        options.AcceptProfiles.Should().BeTrue();
        options.BearerTokens.Should().Contain("anna", "secret");
    }

    [Fact]
    public void Build_SettingOfTheWrongKind_NamesSettingValueAndRule()
    {
        Action build = () => McpHost.Build(TestHost.Options(), ["--Host:MaxSessions=many", "--Host:DrainTimeout=soon"], builder => TestHost.Configure(builder));

        build.Should().Throw<McpHostConfigurationException>()
            .WithMessage("*Host:MaxSessions is 'many', but must be a whole number*Host:DrainTimeout is 'soon', but must be a duration*");
    }

    [Fact]
    public async Task Run_AddressReachableWithoutToken_EndsWithOneSentence()
    {
        await using HostProcess process = HostProcess.Start("--urls", "http://0.0.0.0:0");

        (await process.ExitCodeAsync()).Should().Be(2);
        process.Errors.Should().ContainSingle().Which.Should().Contain("bearer token is required");
    }

    [Fact]
    public async Task Run_PortInUse_EndsWithOneSentence()
    {
        await using TestHost holder = await TestHost.StartAsync();
        await using HostProcess process = HostProcess.Start("--urls", $"http://127.0.0.1:{holder.Address.Port}");

        (await process.ExitCodeAsync()).Should().Be(1);
        process.Errors.Where(line => line.Length > 0).Should().ContainSingle().Which.Should().Contain("address already in use").And.Contain("Host:Urls");
    }

    [Fact]
    public async Task Run_TerminatedDuringACall_AnswersAndEndsWithZero()
    {
        await using HostProcess process = HostProcess.Start("--urls", "http://127.0.0.1:0");
        using HttpClient http = new() { BaseAddress = await process.AddressAsync(), Timeout = TestHost.Patience };
        string session = await http.OpenAsync();
        using HttpRequestMessage request = Rpc.Post(Rpc.Call("test_tool_with_logging"), session: session);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        await process.TerminateAsync();

        (await response.TextAsync()).Should().Be("Tool with logging executed successfully");
        (await process.ExitCodeAsync()).Should().Be(0);
    }

    private static void Build(Action<McpHostOptions> set)
    {
        McpHostOptions options = TestHost.Options();
        set(options);
        McpHost.Build(options, [], builder => TestHost.Configure(builder)).Dispose();
    }
}
