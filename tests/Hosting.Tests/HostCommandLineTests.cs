using System.CommandLine;
using Hosting.Cli;
using Hosting.Configuration;

namespace Hosting.Tests;

/// <summary>The command line that every host has.</summary>
public sealed class HostCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string[]? _served;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(new[] { "--stdio", "--own", "x", "--Host:MaxSessions", "5" }, new[] { "--stdio", "--Host:MaxSessions=5" })]
    [InlineData(new[] { "--urls", "http://127.0.0.1:0;http://[::1]:0" }, new[] { "--urls", "http://127.0.0.1:0;http://[::1]:0" })]
    [InlineData(new[] { "--Logging:LogLevel:Default=Debug", "--urls=http://h" }, new[] { "--urls", "http://h", "--Logging:LogLevel:Default=Debug" })]
    [InlineData(new[] { "--Metadata:Deadline", "--odd" }, new[] { "--Metadata:Deadline=--odd" })]
    public async Task RunAsync_OptionsAndSettings_ReachTheHost(string[] args, string[] expected)
    {
        (await RunAsync(args)).Should().Be(7, "it is the exit code of what serves");

        _served.Should().Equal(expected);
    }

    [Theory]
    [InlineData("--stdoi")]
    [InlineData("stdio")]
    [InlineData("--urls")]
    [InlineData("--urls", "--stdio")]
    [InlineData("@no-such-file")]
    [InlineData("--own", "a", "--own", "b")]
    public async Task RunAsync_NotUnderstood_IsTwoLinesAndExitCode2(params string[] args)
    {
        (await RunAsync(args)).Should().Be(2);

        _served.Should().BeNull();
        string[] lines = _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCountLessThanOrEqualTo(3);
        lines[0].Should().Contain(args[0]);
        lines[^1].Should().EndWith("--help.");
        _output.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_ControlCharacters_AreShownAndNotDone()
    {
        (await RunAsync("\u001b[2J")).Should().Be(2);

        _error.ToString().Should().NotContain("\u001b");
    }

    [Fact]
    public async Task RunAsync_Help_NamesOptionsVariablesAndExitCodes()
    {
        (await RunAsync("--help")).Should().Be(0);

        _output.ToString().Should().ContainAll("A host for tests.", "--stdio", "--urls", "--own", "OWN_VARIABLE", "--Section:Key", "Exit codes:", "the address is in use");
        _served.Should().BeNull();
    }

    [Fact]
    public async Task RunAsync_Version_IsThatOfTheProgram()
    {
        (await RunAsync("--version")).Should().Be(0);

        _output.ToString().Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+");
        _served.Should().BeNull();
    }

    [Fact]
    public void Split_SettingWithoutAValue_IsLeftToTheHost() =>
        SettingArguments.Split(["--Host:Stdio"]).Settings.Should().Equal("--Host:Stdio");

    private async Task<int> RunAsync(params string[] args)
    {
        HostCommandLine commandLine = new("A host for tests.", "Environment: OWN_VARIABLE");
        commandLine.Root.Add(new Option<string?>("--own"));
        return await commandLine.RunAsync(
            args,
            (_, settings, _) =>
            {
                _served = settings;
                return Task.FromResult(7);
            },
            _output,
            _error);
    }
}
