using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Fleet.Server;
using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Coder;
using Shared.Conventions;

namespace Coder.Client.Tests.Host;

public sealed class FleetSettingsTests : IDisposable
{
    private const string Token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly string _folder = Directory.CreateTempSubdirectory("fleet-settings-").FullName;

    private string TokenFile => Path.Combine(_folder, "sub", "auth_token");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_NothingSet_NamesBothMissingSettings() =>
        FluentActions.Invoking(() => FleetSettings.Read(new Dictionary<string, string>())).Should().Throw<McpHostConfigurationException>()
            .WithMessage(
                "CODER_URL is missing: the address of the Coder deployment, for example https://coder.example.com; CODER_SESSION_TOKEN is missing: a session or API token of Coder.");

    [Fact]
    public void Read_EverythingWrong_IsOneMessageWithoutSecrets()
    {
        Dictionary<string, string> environment = new()
        {
            ["CODER_URL"] = "coder",
            ["CODER_SESSION_TOKEN"] = "secret with spaces",
            ["CODER_WILDCARD_HOST"] = "apps",
            ["LOG_LEVEL"] = "loud",
            ["FLEET_MCP_OWNER"] = "a b",
            ["FLEET_MCP_INTERRUPT"] = "kill",
            ["FLEET_MCP_HTTP_TIMEOUT_SECONDS"] = "0",
            ["FLEET_MCP_HTTP_RETRIES"] = "11",
            ["FLEET_MCP_METADATA_BUDGET_SECONDS"] = "soon",
            ["FLEET_MCP_PARALLELISM"] = "65",
            ["FLEET_MCP_AUTH_ENABLED"] = "perhaps",
        };

        string message = FluentActions.Invoking(() => FleetSettings.Read(environment)).Should().Throw<McpHostConfigurationException>().Which.Message;

        message.Split("; ").Should().HaveCount(11);
        message.Should().Contain("LOG_LEVEL is 'loud', but must be one of TRACE, DEBUG, INFO, WARNING, ERROR, CRITICAL").And.NotContain("secret");
    }

    [Fact]
    public void Apply_EverySetting_ReachesTheOptions()
    {
        FleetSettings settings = FleetSettings.Read(Valid(
            ("FLEET_MCP_OWNER", "bob"), (
                "FLEET_MCP_WORKSPACE_QUERY", "has-ai-task:true"), ("FLEET_MCP_CODING_APPS", "codex, ccw"), ("FLEET_MCP_CODING_APP_NAME", "Codex"),
            ("FLEET_MCP_METADATA_APPS", "facts"), ("FLEET_MCP_INTERRUPT", "CTRL-C"), (
                "FLEET_MCP_HTTP_TIMEOUT_SECONDS", "2.5"), ("FLEET_MCP_HTTP_RETRIES", "0"), ("CODER_WILDCARD_HOST", "*.x.test"),
            (
                "FLEET_MCP_METADATA_TIMEOUT_SECONDS",
                "0.5"), ("FLEET_MCP_METADATA_BUDGET_SECONDS", "3"), ("FLEET_MCP_METADATA_PARALLELISM", "5"), ("FLEET_MCP_PARALLELISM", "4"), ("FLEET_MCP_REQUIRE_SYSTEM_PROMPT", "true"),
            ("LOG_LEVEL", "warning"), ("FLEET_MCP_URLS", "http://127.0.0.1:1;http://127.0.0.1:2")));
        CoderClientOptions client = new();
        FleetOptions fleet = new();

        settings.Apply(client);
        settings.Apply(fleet);

        (client.BaseAddress, client.SessionToken, client.RequestTimeout, client.MaxRetries, client.WildcardHost)
            .Should().Be((new Uri("https://coder.example.com"), "token", TimeSpan.FromSeconds(2.5), 0, "*.x.test"));
        (fleet.Owner, fleet.WorkspaceQuery, fleet.CodingAppDisplayName, fleet.Interrupt, fleet.RequireSystemPrompt)
            .Should().Be(("bob", "has-ai-task:true", "Codex", Models.InterruptKey.ControlC, true));
        (fleet.MetadataTimeout, fleet.MetadataBudget, fleet.MetadataParallelism, fleet.Parallelism)
            .Should().Be((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3), 5, 4));
        fleet.CodingAppSlugs.Should().Equal("codex", "ccw");
        fleet.MetadataAppSlugs.Should().Equal("facts");
        settings.LogLevel.Should().Be(LogLevel.Warning);
        settings.Urls.Should().Equal("http://127.0.0.1:1", "http://127.0.0.1:2");
    }

    [Fact]
    public void DotEnv_Lines_AreUnderstood() =>
        FleetEnvironment.Parse(["# comment", "", "A=1", "export B = \"two words\"", "C='x=y'", "=nothing", "no line"]).Should()
            .Equal(new Dictionary<string, string> { ["A"] = "1", ["B"] = "two words", ["C"] = "x=y" });

    [Fact]
    public void EnvFile_Named_IsBelowTheEnvironment()
    {
        string file = Path.Combine(_folder, "fleet.env");
        File.WriteAllText(file, "FLEET_MCP_OWNER=file\nLOG_LEVEL=ERROR\nCODER_URL=https://file.example.com\n");

        IReadOnlyDictionary<string, string> variables = FleetEnvironment.ReadFile(file);
        FleetOptions fleet = new();
        CoderClientOptions client = new();
        FleetSettings settings = FleetSettings.Read(Valid(("LOG_LEVEL", "WARNING")), file: variables);
        settings.Apply(fleet);
        settings.Apply(client);

        (fleet.Owner, settings.LogLevel, client.BaseAddress).Should().Be(("file", LogLevel.Warning, new Uri("https://coder.example.com")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/fleet.env")]
    public void EnvFile_NotUsable_IsAFaultOfTheSettings(string file) =>
        FluentActions.Invoking(() => FleetEnvironment.ReadFile(file)).Should().Throw<McpHostConfigurationException>().WithMessage("*--env-file*");

    [Theory]
    [InlineData("--env-file", "--env-file")]
    [InlineData("--env-file", "--env-file", "--stdio")]
    [InlineData("--env-file", "--env-file=a", "--env-file=b")]
    [InlineData("--enf-file", "--enf-file", "a")]
    public async Task CommandLine_NotUnderstood_IsOneSentenceAndExitCode2(string named, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [typeof(FleetHost).Assembly.Location, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(2);
        error.Should().Contain(named).And.Contain("--help").And.NotContain("   at ");
        (await output).Should().BeEmpty();
    }

    [Fact]
    public async Task DotEnv_OfTheCurrentFolder_IsNotRead()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env"), "CODER_URL=https://evil.test\nCODER_SESSION_TOKEN=token\nCODER_WILDCARD_HOST=*.evil.test\n");
        ProcessStartInfo start = new("dotnet", [typeof(FleetHost).Assembly.Location, "--stdio"])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("CODER_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(2);
        said.Should().Contain("CODER_URL is missing").And.Contain("CODER_SESSION_TOKEN is missing").And.NotContain("evil");
    }

    [Fact]
    public void EnvFile_OfAStranger_CannotSayWhereTheTokenGoes()
    {
        Dictionary<string, string> withToken = new() { ["CODER_SESSION_TOKEN"] = "token" };
        Dictionary<string, string> withBoth = Valid();
        Dictionary<string, string> evilAddress = new() { ["CODER_URL"] = "https://evil.test" };
        Dictionary<string, string> evilApps = new() { ["CODER_WILDCARD_HOST"] = "*.evil.test" };
        Dictionary<string, string> whole = new() { ["CODER_URL"] = "https://mine.test", ["CODER_SESSION_TOKEN"] = "mine" };

        FluentActions.Invoking(() => FleetSettings.Read(withToken, file: evilAddress)).Should().Throw<McpHostConfigurationException>()
            .WithMessage("CODER_URL stands in the file and CODER_SESSION_TOKEN in the environment*");
        FluentActions.Invoking(() => FleetSettings.Read(withBoth, file: evilApps)).Should().Throw<McpHostConfigurationException>()
            .WithMessage("CODER_WILDCARD_HOST stands in the file*");
        FluentActions.Invoking(() => FleetSettings.Read(new Dictionary<string, string>(), file: new Dictionary<string, string>([.. whole, .. evilApps])))
            .Should().Throw<McpHostConfigurationException>();
        CoderClientOptions options = new();
        FleetSettings.Read(withBoth, file: evilAddress).Apply(options);
        options.BaseAddress.Should().Be(new Uri("https://coder.example.com"), "the environment wins");
        FleetSettings.Read(new Dictionary<string, string>(), file: whole).Apply(options);
        (options.BaseAddress, options.SessionToken).Should().Be((new Uri("https://mine.test"), "mine"));
    }

    [Fact]
    public void EnvExample_NamesExactlyTheSettingsThatAreRead()
    {
        string folder = Path.Combine(SourceConvention.RepositoryRoot(), "samples", "Fleet.Server");
        string sources = string.Concat(Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText));
        string example = File.ReadAllText(Path.Combine(folder, ".env.example"));

        IEnumerable<string> read = Regex.Matches(sources, "\"((?:CODER|FLEET_MCP|LOG)_[A-Z_]+)\"").Select(match => match.Groups[1].Value).Distinct();
        IEnumerable<string> named = Regex.Matches(example, @"^(?:# )?((?:CODER|FLEET_MCP|LOG)_[A-Z_]+)=", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        named.Append("CODER_WILDCARD_HOST").Should().OnlyHaveUniqueItems().And.BeEquivalentTo(read);
        example.Should().Contain("CODER_WILDCARD_HOST");
        FleetEnvironment.Parse(example.Split('\n')).Select(pair => pair.Key).Should().Equal("CODER_URL", "CODER_SESSION_TOKEN");
    }

    [Fact]
    public void AuthToken_FileThatOthersCanRead_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile)));
        File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        FluentActions.Invoking(() => FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile))))
            .Should().Throw<McpHostConfigurationException>().WithMessage("*can be read by others*chmod 600*");
    }

    [Fact]
    public void AuthToken_Generated_IsKeptInAPrivateFileAndReadAgain()
    {
        FleetSettings first = FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "TRUE"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile)));
        FleetSettings second = FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "yes"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile)));

        first.BearerToken.Should().MatchRegex("^[A-Za-z0-9_-]{43}$");
        second.BearerToken.Should().Be(first.BearerToken);
        File.ReadAllText(TokenFile).Should().Contain("\"created_at\"");
        Directory.GetFiles(Path.GetDirectoryName(TokenFile)!).Should().ContainSingle("no draft is left behind");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(TokenFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.GetDirectoryName(TokenFile)!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Delete(TokenFile);
        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile))).BearerToken.Should().NotBe(first.BearerToken);
    }

    [Fact]
    public void AuthToken_FromTheEnvironment_WinsAndIsKept()
    {
        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile)));

        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile), ("FLEET_MCP_AUTH_TOKEN", Token))).BearerToken
            .Should().Be(Token);

        File.ReadAllText(TokenFile).Should().Contain(Token);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void AuthToken_Malformed_IsRefusedWithoutShowingIt(string token)
    {
        string message = FluentActions.Invoking(
            () => FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile), ("FLEET_MCP_AUTH_TOKEN", token))))
            .Should().Throw<McpHostConfigurationException>().Which.Message;

        message.Should().Contain("43 characters").And.NotContain(token);
        File.Exists(TokenFile).Should().BeFalse();
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"value\":\"short\"}")]
    [InlineData("{\"value\":5}")]
    public void AuthToken_BadFile_IsRefused(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(TokenFile)!);
        File.WriteAllText(TokenFile, content, Encoding.UTF8);

        FluentActions.Invoking(() => FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile))))
            .Should().Throw<McpHostConfigurationException>().WithMessage("*delete it to get a new token*");
    }

    [Fact]
    public void AuthToken_OverStdioOrSwitchedOff_IsNotMade()
    {
        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile)), stdio: true).BearerToken.Should().BeNull();
        FleetSettings.Read(Valid(("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile))).BearerToken.Should().BeNull();
        File.Exists(TokenFile).Should().BeFalse();
    }

    [Fact]
    public async Task Host_WithAToken_GuardsEverythingButHealth()
    {
        await using FakeCoder coder = await FakeCoder.StartAsync();
        Dictionary<string, string> environment = Valid(
            ("FLEET_MCP_AUTH_ENABLED", "true"), ("FLEET_MCP_AUTH_TOKEN_FILE", TokenFile), ("FLEET_MCP_AUTH_TOKEN", Token));
        environment["CODER_URL"] = coder.Address.AbsoluteUri;
        environment["CODER_SESSION_TOKEN"] = coder.Options.Token;
        await using WebApplication host = (WebApplication)FleetHost.Build(
            FleetSettings.Read(environment), ["--urls", "http://127.0.0.1:0"], builder => builder.Logging.ClearProviders());
        await host.StartAsync();
        using HttpClient http = new() { BaseAddress = new Uri(host.Urls.First()) };

        (await http.GetAsync("/health")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.PostAsync("/mcp", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", Token);
        (await http.PostAsync("/mcp", null)).StatusCode.Should().NotBe(HttpStatusCode.Unauthorized);
        coder.Faults.Add(new Fault { Path = "/buildinfo$", Status = 500, Times = 9 });
        HttpResponseMessage unready = await http.GetAsync("/ready");
        unready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await unready.Content.ReadAsStringAsync()).Should().NotContain(coder.Address.Authority, "an open route does not say where Coder is");
    }

    [Fact]
    public void Host_BadOptionsBehindTheSettings_IsNotBuilt()
    {
        Action build = () =>
            FleetHost.Build(
                FleetSettings.Read(Valid()),
                ["--urls", "http://127.0.0.1:0"],
                builder => builder.Services.Configure<FleetOptions>(options => options.PageSize = 0));

        build.Should().Throw<OptionsValidationException>().WithMessage("*PageSize 0 must be 1 to 1000*");
    }

    private static Dictionary<string, string> Valid(params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment = new() { ["CODER_URL"] = "https://coder.example.com", ["CODER_SESSION_TOKEN"] = "token" };
        foreach ((string name, string value) in more)
        {
            environment[name] = value;
        }

        return environment;
    }
}
