using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

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

        (await process.ExitCodeAsync()).Should().Be(4, "the address in use has a code of its own");
        process.Errors.Where(line => line.Length > 0).Should().ContainSingle().Which.Should().Contain($"http://127.0.0.1:{holder.Address.Port} is in use").And.Contain("--urls");
    }

    [Theory]
    [InlineData("Host__DrainTimeout", "3", "duration as hours:minutes:seconds")]
    [InlineData("Host__DrainTimeout", "3.00:00:00", "01:00:00")]
    [InlineData("Host__SessionIdleTimeout", "1800000", "duration as hours:minutes:seconds")]
    [InlineData("Host__KeepAliveInterval", "00:00:00.03", "00:00:01")]
    [InlineData("Host__MaxRequestBodyBytes", "4", "bytes")]
    public void Build_ValueNobodyMeans_IsRefusedWithTheUnit(string setting, string value, string rule)
    {
        string flag = $"--{setting.Replace("__", ":", StringComparison.Ordinal)}={value}";
        Action build = () => McpHost.Build(TestHost.Options(), [flag], builder => TestHost.Configure(builder));

        build.Should().Throw<McpHostConfigurationException>().WithMessage($"*{setting.Replace("__", ":", StringComparison.Ordinal)} is*{rule}*");
    }

    [Fact]
    public void Build_ShortTokenOffLoopback_IsRefusedAndOnLoopbackFine()
    {
        Build(options => options.BearerToken = "short-secret");
        Action build = () => Build(options =>
        {
            options.Urls = ["http://0.0.0.0:0"];
            options.BearerToken = "fifteen-letters";
            options.BearerTokens["anna"] = "0123456789abcdef";
        });

        string message = build.Should().Throw<McpHostConfigurationException>().Which.Message;
        message.Should().Contain("Host:BearerToken has fewer than 16 characters").And.NotContain("anna").And.NotContain("fifteen");
    }

    [Fact]
    public void Build_AdminThatNoTokenHas_IsNamed()
    {
        Action build = () => Build(options =>
        {
            options.Admins = ["opperator"];
            options.BearerTokens["operator"] = "secret-of-operator";
        });

        build.Should().Throw<McpHostConfigurationException>().WithMessage("*Host:Admins names 'opperator'*Did you mean 'operator'?*");
    }

    [Theory]
    [InlineData("ASPNETCORE_Kestrel__Endpoints__Open__Url")]
    [InlineData("DOTNET_Kestrel__Endpoints__Open__Url")]
    [InlineData("Kestrel__Endpoints__Open__Url")]
    public async Task Run_WebServersOwnAddress_IsRefusedBeforeItListens(string variable)
    {
        await using HostProcess process = HostProcess.Start(new Dictionary<string, string> { [variable] = "http://0.0.0.0:0" }, "--urls", "http://127.0.0.1:0");

        (await process.ExitCodeAsync()).Should().Be(2);
        process.Errors.Should().ContainSingle().Which.Should().Contain("Kestrel:Endpoints is set");
        (await process.Output.ReadToEndAsync()).Should().NotContain("listening");
    }

    [Fact]
    public async Task Start_CodeListensOffLoopbackWithoutToken_StopsTheStart()
    {
        Func<Task> start = () => TestHost.StartAsync(configure: builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.ListenAnyIP(0)));

        (await start.Should().ThrowAsync<McpHostConfigurationException>()).WithMessage("*reachable from other machines*no bearer token*");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public async Task Run_TooFewFiles_EndsWithOneSentence(int files)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        ProcessStartInfo start = new("sh", ["-c", $"ulimit -n {files}; exec dotnet \"$0\" --stdio", HostProcess.Program])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start)!;
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(TestHost.Patience);
        await process.WaitForExitAsync().WaitAsync(TestHost.Patience);

        process.ExitCode.Should().Be(2, error);
        error.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain($"{files} open files").And.Contain("ulimit -n");
    }

    [Fact]
    public void OpenFiles_Share_LeavesTheProgramItsOwn()
    {
        OpenFiles.Parse(["Limit  Soft Limit  Hard Limit  Units", "Max open files            1024                 524288               files     "]).Should().Be(1024);
        OpenFiles.Parse(["Max open files            unlimited            unlimited            files     "]).Should().Be(int.MaxValue);
        OpenFiles.Share(4000, 1, int.MaxValue).Should().Be(4000);
        OpenFiles.Share(4000, 1, 512).Should().BeInRange(1, 128);
        OpenFiles.Share(1024, 6, 1_048_576).Should().Be(1024);
        OpenFiles.FindFault(511).Should().Contain("511");
        OpenFiles.FindFault(512).Should().BeNull();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Run_SignalDuringACall_AnswersAndEndsWithZero(string signal)
    {
        await using HostProcess process = HostProcess.Start("--urls", "http://127.0.0.1:0");
        using HttpClient http = new() { BaseAddress = await process.AddressAsync(), Timeout = TestHost.Patience };
        string session = await http.OpenAsync();
        using HttpRequestMessage request = Rpc.Post(Rpc.Call("test_tool_with_logging"), session: session);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        await process.TerminateAsync(signal);

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
