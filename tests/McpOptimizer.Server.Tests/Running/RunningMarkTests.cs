using McpOptimizer.Server.Running;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Running;

public sealed class RunningMarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Written_IsReadAgain_ByItsOwnerAlone()
    {
        string path = _folder.Combine("o.db.running");
        RunningMark mark = Mark("k1");

        mark.Write(path);

        RunningMark.Read(path).Should().Be(mark);
        mark.ToString().Should().NotContain("k1");
        Directory.GetFiles(_folder.FullPath).Should().ContainSingle("no draft is left");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            RunningMark.Read(path).Should().BeNull("others may have written or read it");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public void Rubbish_IsNone(string text)
    {
        string path = _folder.Combine("o.db.running");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        RunningMark.Read(path).Should().BeNull();
        RunningMark.Read(_folder.Combine("absent")).Should().BeNull();
    }

    [Fact]
    public void Remove_LeavesTheMarkOfAnother()
    {
        string path = _folder.Combine("o.db.running");
        RunningMark first = Mark("k1");
        first.Write(path);
        Mark("k2").Write(path);

        first.Remove(path);
        RunningMark.Read(path)!.Key.Should().Be("k2");
        Mark("k2").Remove(path);
        File.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void Proof_NeedsTheKey()
    {
        string key = RunningProof.New();
        string challenge = RunningProof.New();

        RunningProof.Holds(key, challenge, RunningProof.Of(key, challenge)).Should().BeTrue();
        RunningProof.Holds(key, challenge, RunningProof.Of(RunningProof.New(), challenge)).Should().BeFalse();
        RunningProof.Holds(key, challenge, RunningProof.Of(key, RunningProof.New())).Should().BeFalse();
        RunningProof.Holds(key, challenge, "").Should().BeFalse();
        RunningProof.New().Should().NotBe(RunningProof.New());
    }

    private static RunningMark Mark(string key) => new("http://127.0.0.1:9900", "/mcp", key, "/home/me/servers.json", null, false, 17);
}
