using System.Text;
using Shared.Git;

namespace Fleet.Metadata.Tests.Git;

/// <summary>Whatever lies in the files of a repository, the answer keeps the contract.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 120;

    private static ReadOnlySpan<byte> TaskState => """{"status":"running","description":"d","updated_at":"2026-01-01T00:00:00Z"}"""u8;

    private static readonly string[] Files =
    [
        "HEAD", "config", "packed-refs", "refs/heads/main", "MERGE_HEAD", "commondir", "index", "rebase-merge/head-name", "info/attributes",
        "../.gitmodules", "../.gitattributes",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Collect_RandomRepositoryState_AnswerIsValid(int seed)
    {
        Random random = new(seed);
        using GitSandbox git = new();
        git.Commit();
        byte[][] originals = [.. Files.Select(file => File.Exists(git.Combine(".git", file)) ? File.ReadAllBytes(git.Combine(".git", file)) : [])];
        await using MetadataFixture metadata = new(git.FullPath);
        metadata.Environment["CODER_WORKSPACE_NAME"] = "name \u0001 \ud800";

        for (int round = 0; round < Rounds; round++)
        {
            int index = random.Next(Files.Length);
            string path = git.Combine(".git", Files[index]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, Mutate(random, originals[index]));
            await File.WriteAllBytesAsync(metadata.TaskStateFile, Mutate(random, TaskState.ToArray()));

            IReadOnlyDictionary<string, Models.MetadataEntry> data = await metadata.CollectAsync();

            data.Should().ContainKey("workspace_name");
            if (round % 10 == 9 || originals[index].Length == 0)
            {
                Restore(git, originals);
            }
        }
    }

    private static void Restore(GitSandbox git, byte[][] originals)
    {
        for (int i = 0; i < Files.Length; i++)
        {
            string path = git.Combine(".git", Files[i]);
            if (originals[i].Length > 0)
            {
                File.WriteAllBytes(path, originals[i]);
            }
            else if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        byte[] noise = new byte[random.Next(64)];
        random.NextBytes(noise);
        string[] words =
        [
            "ref: refs/heads/", "[filter \"", "\"]\n", "[include]\npath=config\n", "[remote \"origin\"]\nurl=https://a:b@github.com/o/r\n",
            "\0", "gitdir: ..", "null", "{", "99",
        ];
        byte[] word = Encoding.UTF8.GetBytes(words[random.Next(words.Length)]);
        int at = random.Next(original.Length + 1);
        return random.Next(4) switch
        {
            0 => noise,
            1 => [.. original[..at], .. noise, .. original[at..]],
            2 => [.. original[..at], .. word, .. original[at..]],
            _ => [.. word, .. noise, .. word],
        };
    }
}
