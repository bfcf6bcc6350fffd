using System.Reflection;
using System.Text.RegularExpressions;
using Shared.Conventions;
using Shared.Horreum;

namespace Horreum.Client.Tests;

/// <summary>The README's code compiles as it is copied, and runs.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Blocks =
    [
        .. Regex.Matches(
            File.ReadAllText(Path.Combine(SourceConvention.RepositoryRoot(), "src", "Horreum.Client", "README.md")), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(block => block.Groups[1].Value),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Readme_EachBlock_CompilesAsCopied(int block)
    {
        Blocks.Should().HaveCount(3);

        (await SnippetCompiler.CompileAsync(Blocks[block])).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Readme_FirstBlock_Runs()
    {
        await using FakeHorreum horreum = await FakeHorreum.StartAsync();
        horreum.State.AddRuns(3, DateTimeOffset.UtcNow, name: "boot-time");
        string program = Blocks[0].Replace("https://horreum.example.com", horreum.Address.AbsoluteUri, StringComparison.Ordinal);
        Assembly compiled = Assembly.Load(await SnippetCompiler.CompileAsync(program));

        object? result = compiled.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        await (result as Task ?? Task.CompletedTask);

        horreum.Journal.Select(request => request.Path).Should().Equal("/api/run/count", "/api/test/byName/boot-time", "/api/run/list/123");
    }
}
