using System.Diagnostics;
using Shared.Conventions;
using Shared.Testing;

namespace Samples.Tests;

/// <summary>Each idea is run as its reader would run it, and says what samples/README.md says.</summary>
public sealed class IdeasTests
{
    [Theory]
    [InlineData("FindAndCall", "Found clock/days_between.", "It answered 24.")]
    [InlineData("ChatWithFunctions", "The model chose weekday.", "Christmas is on a Friday.")]
    [InlineData("AgentContext", "Done: An alarm would ring at 06:30.", "You are welcome.")]
    [InlineData("OwnSource", "before: 0 tools", "after: 3 tools")]
    [InlineData("OwnEmbeddings", "Misspelt, and still set_alarm; * texts were embedded by the application.")]
    [InlineData(
        "ProfilePerTenant",
        "readers sees days_between, weekday; the alarm: NotFound.",
        "hotel sees set_alarm, weekday; the alarm: Succeeded.",
        "nobody sees nothing; the alarm: NotFound.")]
    public async Task Idea_SaysWhatItShouldSay(string name, params string[] expected)
    {
        using Process idea = Start(name);
        Task<string> errors = idea.StandardError.ReadToEndAsync();
        string output = await idea.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
        await idea.WaitForExitAsync().WaitAsync(Eventually.Patience);

        string[] lines = output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        idea.ExitCode.Should().Be(0, await errors);
        lines.Should().HaveSameCount(expected, output);
        foreach ((string line, string pattern) in lines.Zip(expected))
        {
            line.Should().Match(pattern);
        }
    }

    [Fact]
    public async Task InAspNet_AnswersPeopleAndAgents()
    {
        using Process idea = Start("InAspNet", "--urls", "http://127.0.0.1:0");
        try
        {
            using HttpClient http = new() { BaseAddress = await AddressOfAsync(idea) };
            await Eventually.IsAsync(async () => (await http.GetAsync(new Uri("/ready", UriKind.Relative))).IsSuccessStatusCode);

            string found = await http.GetStringAsync(new Uri("/find?need=wake%20me%20up", UriKind.Relative));
            using StringContent list = new("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            using HttpRequestMessage ping = new(HttpMethod.Post, new Uri("/mcp", UriKind.Relative)) { Content = list };
            ping.Headers.Accept.ParseAdd("application/json, text/event-stream");
            using HttpResponseMessage answer = await http.SendAsync(ping);

            found.Should().Contain("clock/set_alarm");
            answer.StatusCode.Should().NotBe(System.Net.HttpStatusCode.NotFound);
        }
        finally
        {
            idea.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void Programs_AreShortAndAllTried()
    {
        string folder = Path.Combine(SourceConvention.RepositoryRoot(), "samples", "ideas");
        string[] ideas = [.. Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

        ideas.Should().Equal("AgentContext", "ChatWithFunctions", "ClockServer", "FindAndCall", "InAspNet", "OwnEmbeddings", "OwnSource", "ProfilePerTenant");
        foreach (string idea in ideas)
        {
            File.ReadLines(Path.Combine(folder, idea, "Program.cs")).Count().Should().BeInRange(20, 70, "{0} is one idea", idea);
        }
    }

    private static async Task<Uri> AddressOfAsync(Process idea)
    {
        const string Listening = "Now listening on: ";
        while (await idea.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience) is { } line)
        {
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                // What follows must be read, or the program waits when the pipe is full.
                _ = idea.StandardOutput.ReadToEndAsync();
                _ = idea.StandardError.ReadToEndAsync();
                return new Uri(line[(at + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException(await idea.StandardError.ReadToEndAsync());
    }

    // artifacts/bin/Samples.Tests/debug/ → artifacts/bin/NAME/debug/NAME.dll
    private static Process Start(string name, params string[] arguments)
    {
        DirectoryInfo output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = Path.Combine(output.Parent!.Parent!.FullName, name, output.Name, name + ".dll");
        string folder = Path.GetDirectoryName(program)!;
        foreach (string database in Directory.GetFiles(folder, "optimizer.db*"))
        {
            File.Delete(database);
        }

        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
