using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Sources;

/// <summary>Every way in which a servers file comes to read differently.</summary>
public sealed class FileWatchTests : IDisposable
{
    private const string Before = """{"mcpServers":{}}""";
    private const string After = """{"mcpServers":{"a":{"command":"x"}}}""";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    private string File => _folder.Combine("servers.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EditedInPlace_IsSeen() => Check(() => System.IO.File.WriteAllText(File, Before), () => System.IO.File.WriteAllText(File, After));

    [Fact]
    public void Replaced_IsSeen() => Check(
        () => System.IO.File.WriteAllText(File, Before),
        () =>
        {
            System.IO.File.WriteAllText(File + ".new", After);
            System.IO.File.Move(File + ".new", File, overwrite: true);
        });

    [Fact]
    public void ReplacedBySameSizeAndTime_IsSeen() => Check(
        () => System.IO.File.WriteAllText(File, """{"mcpServers":{"a":{"command":"y"}}}"""),
        () =>
        {
            DateTime time = System.IO.File.GetLastWriteTimeUtc(File);
            System.IO.File.WriteAllText(File, After);
            System.IO.File.SetLastWriteTimeUtc(File, time);
        });

    [Fact]
    public void Created_IsSeen() => Check(() => { }, () => System.IO.File.WriteAllText(File, After));

    [Fact]
    public void Removed_IsSeen() => Check(() => System.IO.File.WriteAllText(File, Before), () => System.IO.File.Delete(File));

    // ..data is a link to the folder of a version; all files are links through it; a change swaps ..data alone.
    [Fact]
    public void ConfigMapSwapped_IsSeen() => Check(
        () =>
        {
            Version("..2026_1", Before);
            Directory.CreateSymbolicLink(_folder.Combine("..data"), "..2026_1");
            System.IO.File.CreateSymbolicLink(File, Path.Combine("..data", "servers.json"));
        },
        () =>
        {
            Version("..2026_2", After);
            Directory.CreateSymbolicLink(_folder.Combine("..data_tmp"), "..2026_2");
            Directory.Delete(_folder.Combine("..data"));
            Directory.Move(_folder.Combine("..data_tmp"), _folder.Combine("..data"));
        });

    [Fact]
    public void TargetOfALinkInAnotherFolder_IsSeen()
    {
        using TemporaryFolder elsewhere = new();
        Check(
            () =>
            {
                System.IO.File.WriteAllText(elsewhere.Combine("mine.json"), Before);
                System.IO.File.CreateSymbolicLink(File, elsewhere.Combine("mine.json"));
            },
            () => System.IO.File.WriteAllText(elsewhere.Combine("mine.json"), After));
    }

    [Fact]
    public void Touched_IsNoChange()
    {
        System.IO.File.WriteAllText(File, Before);
        using ServersFileWorkloadSource source = new(File, _clock);
        IChangeToken token = source.Watch()!;

        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddHours(1));
        _clock.Advance(TimeSpan.FromSeconds(5));

        token.HasChanged.Should().BeFalse();
    }

    private void Check(Action before, Action change)
    {
        before();
        using ServersFileWorkloadSource source = new(File, _clock);
        IChangeToken token = source.Watch()!;
        _clock.Advance(TimeSpan.FromSeconds(5));
        token.HasChanged.Should().BeFalse("nothing has changed yet");

        change();
        _clock.Advance(TimeSpan.FromSeconds(1));

        token.HasChanged.Should().BeTrue();
        source.Watch()!.HasChanged.Should().BeFalse("it was told of");
    }

    private void Version(string name, string text)
    {
        Directory.CreateDirectory(_folder.Combine(name));
        System.IO.File.WriteAllText(_folder.Combine(name, "servers.json"), text);
    }
}
