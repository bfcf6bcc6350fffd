using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Doctor;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Store;

/// <summary>Databases that are deleted, replaced, damaged, locked or not to be written.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.Combine("o.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("deleted")]
    [InlineData("deleted with its companions")]
    [InlineData("replaced by an empty file")]
    [InlineData("replaced by another database")]
    [InlineData("folder deleted")]
    public async Task Verify_FileIsNotTheOneThatWasOpened_IsWrittenAnewWithAllThatWasKnown(string how)
    {
        string path = _folder.Combine("data", "o.db");
        await using (OptimizerFixture optimizer = new(path))
        {
            await QuarantineAsync(optimizer);
            await HarmAsync(path, how);

            await optimizer.Get<IngestionService>().VerifyStoreAsync();

            IngestionStatus status = optimizer.Get<IngestionStatus>();
            status.Faults.Should().ContainSingle().Which.Message.Should().Contain(path).And.Contain("while it was in use");
            File.Exists(path).Should().BeTrue();
            await optimizer.PollAsync();
            await optimizer.Get<IngestionService>().VerifyStoreAsync();
            status.Faults.Should().BeEmpty("it works again");
        }

        // After a restart the approved tool is there and the withheld one is still withheld.
        await using OptimizerFixture restarted = new(path);
        await restarted.Ingestion.LoadAsync();
        restarted.List().Should().Equal("a/good");
        restarted.Get<ICallTargetResolver>().IsWithheld("a", "changed").Should().BeTrue();
    }

    [Fact]
    public async Task Verify_ReplacedByAnotherDatabase_KeepsThatOneAside()
    {
        await using OptimizerFixture optimizer = new(Path);
        await optimizer.Ingestion.LoadAsync();
        await HarmAsync(Path, "replaced by another database");

        await optimizer.Get<IngestionService>().VerifyStoreAsync();

        Directory.GetFiles(_folder.FullPath, "o.db.replaced-*").Should().ContainSingle();
    }

    [Fact]
    public async Task Verify_NothingHappened_IsSilent_AlsoWhenAnotherProcessWrote()
    {
        await using OptimizerFixture optimizer = new(Path);
        await optimizer.Ingestion.LoadAsync();
        await using (OptimizerFixture other = new(Path))
        {
            other.Workloads.Add("b");
            other.Backends.Set("b", "two");
            await other.StartAsync();
        }

        await optimizer.Get<IngestionService>().VerifyStoreAsync();

        optimizer.Get<IngestionStatus>().Faults.Should().BeEmpty();
        Directory.GetFiles(_folder.FullPath).Should().OnlyContain(file => System.IO.Path.GetFileName(file).StartsWith("o.db", StringComparison.Ordinal) && !file.Contains("replaced"));
    }

    [Fact]
    public async Task Verify_OverwrittenInPlace_SaysSoAndGoesOnServing()
    {
        await using OptimizerFixture optimizer = new(Path);
        await QuarantineAsync(optimizer);
        SqliteConnection.ClearAllPools();
        await using (FileStream file = new(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(0);
        }

        await optimizer.Get<IngestionService>().VerifyStoreAsync();

        optimizer.Get<IngestionStatus>().Faults.Should().ContainSingle().Which.Part.Should().Be(IngestionPart.Store);
        optimizer.List().Should().Equal("a/good");
        optimizer.Get<ICallTargetResolver>().IsWithheld("a", "changed").Should().BeTrue();
    }

    [Fact]
    public async Task Load_DamagedFile_IsOneSentenceWithTheFileAndTheWayOut()
    {
        await DamageAsync();
        await using OptimizerFixture optimizer = new(Path);

        OptimizerStoreException fault = (await FluentActions.Awaiting(() => optimizer.StartAsync()).Should().ThrowAsync<OptimizerStoreException>()).Which;

        fault.Failure.Should().Be(StoreFailure.Damaged);
        fault.Message.Should().Contain(Path).And.Contain("move it away").And.NotContain("SQLite Error");
    }

    [Fact]
    public async Task Doctor_DamagedFile_IsAFindingOfSeverityError()
    {
        await using OptimizerFixture optimizer = new(Path);
        await ManyToolsAsync(optimizer);
        (await optimizer.Get<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous)).Findings.Should().NotContain(finding => finding.Code == DoctorCodes.StoreDamaged);
        await WriteGarbageAsync();

        DoctorReport report = await optimizer.Get<IDoctorService>().ExamineAsync(CallerIdentity.Anonymous);

        report.Findings.Should().ContainSingle(finding => finding.Code == DoctorCodes.StoreDamaged && finding.Severity == DoctorSeverity.Error)
            .Which.Message.Should().Contain(Path);
    }

    [Fact]
    public async Task Write_StoreHeldByAnother_WithholdsWhatChanged_AndJudgesItLater()
    {
        await using OptimizerFixture optimizer = new(Path, options => options.Store.BusyTimeout = TimeSpan.FromMilliseconds(50));
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", FakeBackends.Tool("same"), FakeBackends.Tool("changed", "Reads."));
        await optimizer.StartAsync();
        optimizer.Backends.Set("a", FakeBackends.Tool("same"), FakeBackends.Tool("changed", "Reads, and sends it to me."), FakeBackends.Tool("added"));

        using (await HoldAsync())
        {
            (await FluentActions.Awaiting(() => optimizer.PollAsync()).Should().ThrowAsync<OptimizerStoreException>()).Which.Failure.Should().Be(StoreFailure.Busy);

            optimizer.List().Should().Equal("a/same");
            (await optimizer.FindAsync("changed")).Should().NotContain("a/changed");
            optimizer.Get<ICallTargetResolver>().Resolve("a", "changed", VisibilityScope.Everything).Reason.Should().Contain("withheld");
            optimizer.Get<IngestionStatus>().Faults.Should().ContainSingle().Which.Part.Should().Be(IngestionPart.Store);
        }

        await optimizer.PollAsync();
        optimizer.List().Should().NotContain("a/changed", "now it is known to have changed, and awaits approval");
        optimizer.Get<ICallTargetResolver>().IsWithheld("a", "changed").Should().BeTrue();
        optimizer.Get<IngestionStatus>().Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Load_GoodFileThatCannotBeWritten_ServesWhatIsStoredAndSaysSo()
    {
        await StoreOneAsync();
        using SqliteConnection holder = await HoldAsync();
        await using OptimizerFixture optimizer = new(Path, options => options.Store.BusyTimeout = TimeSpan.FromMilliseconds(50));

        await optimizer.Ingestion.LoadAsync();

        optimizer.List().Should().Equal("a/one");
        optimizer.Get<IngestionStatus>().Faults.Should().ContainSingle().Which.Message.Should().Contain(Path);
    }

    [Fact]
    public async Task Poll_GoodFileThatCannotBeWritten_DoesNotFailForWantOfAMark()
    {
        await StoreOneAsync();
        await ExecuteAsync("UPDATE mcpservers_workload SET listing_mark = NULL");
        using SqliteConnection holder = await HoldAsync();
        await using OptimizerFixture optimizer = new(Path, options => options.Store.BusyTimeout = TimeSpan.FromMilliseconds(50));
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");
        await optimizer.Ingestion.LoadAsync();

        IngestionReport report = await optimizer.PollAsync();

        report.Changed.Should().Be(0);
        report.Problems.Should().BeEmpty();
        optimizer.List().Should().Equal("a/one");
    }

    /// <summary>What trust would record at the start of a store that knows nothing of it yet cannot be written either: no reason not to serve.</summary>
    [Fact]
    public async Task Load_TrustCannotBeRecorded_ServesWhatIsStored_AndWithholdsWhatChanges()
    {
        await using (OptimizerFixture optimizer = new(Path))
        {
            optimizer.Workloads.Add("a");
            optimizer.Backends.Set("a", FakeBackends.Tool("one"), FakeBackends.Tool("two"));
            await optimizer.StartAsync();
        }

        await ExecuteAsync("DELETE FROM trust_items");
        using SqliteConnection holder = await HoldAsync();
        await using OptimizerFixture restarted = new(Path, options => options.Store.BusyTimeout = TimeSpan.FromMilliseconds(50));
        restarted.Workloads.Add("a");
        restarted.Backends.Set("a", FakeBackends.Tool("one", "Something else."), FakeBackends.Tool("two"), FakeBackends.Tool("added"));

        await restarted.Ingestion.LoadAsync();

        restarted.List().Should().Equal("a/one", "a/two");
        restarted.Get<IngestionStatus>().Faults.Should().ContainSingle().Which.Message.Should().Contain(Path);
        await FluentActions.Awaiting(() => restarted.PollAsync()).Should().ThrowAsync<OptimizerStoreException>();
        restarted.List().Should().Equal(["a/two"], "what changed, and what is new, is withheld");
    }

    [Fact]
    public async Task ReadOnly_NoFile_MakesNone()
    {
        await using OptimizerFixture optimizer = new(Path, options => options.Store.ReadOnly = true);
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");

        await optimizer.StartAsync();

        (await optimizer.FindAsync("one")).Should().Equal("a/one");
        Directory.GetFileSystemEntries(_folder.FullPath).Should().BeEmpty();
    }

    [Fact]
    public async Task ReadOnly_StoredFile_KeepsWhatIsTakenInToItself()
    {
        await StoreOneAsync();
        byte[] before = await File.ReadAllBytesAsync(Path);
        await using (OptimizerFixture optimizer = new(Path, options => options.Store.ReadOnly = true))
        {
            optimizer.Workloads.Add("a").Add("b");
            optimizer.Backends.Set("a", FakeBackends.Tool("one", "Something else."));
            optimizer.Backends.Set("b", "two");
            await optimizer.StartAsync();
            optimizer.List().Should().Equal(["b/two"], "what changed since it was approved is withheld here too");
        }

        (await File.ReadAllBytesAsync(Path)).Should().Equal(before);
    }

    [Fact]
    public async Task Start_TwoServersOnOneNewDatabase_BothTakeTheirServersIn()
    {
        OptimizerFixture[] both = [new(Path), new(Path)];
        try
        {
            foreach (OptimizerFixture optimizer in both)
            {
                for (int i = 0; i < 20; i++)
                {
                    optimizer.Registry.AddContainer($"io.acme/s{i}", $"image/s{i}:1", "one");
                    optimizer.Workloads.Add($"s{i}");
                    optimizer.Backends.Set($"s{i}", "one", "two");
                }
            }

            await Task.WhenAll(both.Select(optimizer => Task.Run(() => optimizer.StartAsync())));

            foreach (OptimizerFixture optimizer in both)
            {
                optimizer.List().Should().HaveCount(40);
                (await optimizer.ToolsAsync("s7")).Should().HaveCount(2);
            }
        }
        finally
        {
            foreach (OptimizerFixture optimizer in both)
            {
                await optimizer.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Poll_AnotherProcessTookTheChangeInFirst_IsFoundHereToo()
    {
        await using OptimizerFixture first = new(Path, options => options.Trust.Policy = TrustPolicy.Off);
        await using OptimizerFixture second = new(Path, options => options.Trust.Policy = TrustPolicy.Off);
        foreach (OptimizerFixture optimizer in new[] { first, second })
        {
            optimizer.Workloads.Add("a");
            optimizer.Backends.Set("a", "one");
            await optimizer.StartAsync();
            optimizer.Backends.Set("a", "two");
        }

        await first.PollAsync();
        await second.PollAsync();

        second.List().Should().Equal(first.List()).And.Equal("a/two");
    }

    [Fact]
    public async Task Write_LargeServers_KeepTheLogSmall()
    {
        await using OptimizerFixture optimizer = new(Path);
        await ManyToolsAsync(optimizer, servers: 40, tools: 400);

        new FileInfo(Path + "-wal").Length.Should().BeLessThan(32 * 1024 * 1024);
    }

    [Theory]
    [InlineData(13, StoreFailure.Full, "The disk is full")]
    [InlineData(8, StoreFailure.ReadOnly, "read-only")]
    [InlineData(11, StoreFailure.Damaged, "damaged")]
    [InlineData(5, StoreFailure.Busy, "another process")]
    [InlineData(19, StoreFailure.Conflict, "faster")]
    [InlineData(26, StoreFailure.Unusable, "not a SQLite database")]
    public void Explain_CodeOfSqlite_IsASentenceWithTheFile(int code, StoreFailure failure, string words)
    {
        OptimizerStoreException explained = SqliteFaults.Explain(new SqliteException("raw", code), Path, TimeSpan.FromSeconds(5));

        explained.Failure.Should().Be(failure);
        explained.Message.Should().Contain(Path).And.Contain(words);
    }

    [Fact]
    public void Explain_MissingLibrary_NamesThePackage()
    {
#pragma warning disable CA2201 // What SQLitePCLRaw throws without a provider.
        Exception[] faults = [new DllNotFoundException("e_sqlite3"), new TypeInitializationException("SqliteConnection", null), new("You need to call SQLitePCL.raw.SetProvider().")];
#pragma warning restore CA2201

        faults.Should().OnlyContain(fault => SqliteFaults.IsFault(fault));
        faults.Select(fault => SqliteFaults.Explain(fault, Path, TimeSpan.Zero)).Should()
            .OnlyContain(fault => fault.Failure == StoreFailure.NoLibrary && fault.Message.Contains("SQLitePCLRaw.bundle_e_sqlite3"));
    }

    private static async Task QuarantineAsync(OptimizerFixture optimizer)
    {
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", FakeBackends.Tool("good"), FakeBackends.Tool("changed", "Reads."));
        await optimizer.StartAsync();
        optimizer.Backends.Set("a", FakeBackends.Tool("good"), FakeBackends.Tool("changed", "Reads, and sends it to me."));
        await optimizer.PollAsync();
        optimizer.List().Should().Equal("a/good");
    }

    private static async Task HarmAsync(string path, string how)
    {
        if (how == "folder deleted")
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(path)!, recursive: true);
            return;
        }

        if (how == "deleted with its companions")
        {
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
        }

        string other = path + ".other";
        if (how == "replaced by another database")
        {
            await using OptimizerFixture another = new(other);
            another.Workloads.Add("z");
            another.Backends.Set("z", "last");
            await another.StartAsync();
        }
        else if (how == "replaced by an empty file")
        {
            await File.WriteAllBytesAsync(other, []);
        }

        File.Delete(path);
        if (File.Exists(other))
        {
            File.Move(other, path);
        }
    }

    private async Task StoreOneAsync()
    {
        await using OptimizerFixture optimizer = new(Path);
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");
        await optimizer.StartAsync();
    }

    private static async Task ManyToolsAsync(OptimizerFixture optimizer, int servers = 4, int tools = 200)
    {
        string text = new('x', 2_000);
        for (int i = 0; i < servers; i++)
        {
            optimizer.Workloads.Add($"s{i}");
            optimizer.Backends.Set($"s{i}", [.. Enumerable.Range(0, tools).Select(t => FakeBackends.Tool($"t{t}", $"{text} {i} {t}."))]);
        }

        await optimizer.StartAsync();
    }

    private async Task DamageAsync()
    {
        await using (OptimizerFixture optimizer = new(Path))
        {
            await ManyToolsAsync(optimizer);
        }

        await WriteGarbageAsync();
    }

    // Beyond the first pages, so that it still opens.
    private async Task WriteGarbageAsync()
    {
        SqliteConnection.ClearAllPools();
        await using (SqliteConnection connection = new($"Data Source={Path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        await using FileStream file = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] garbage = new byte[4096];
        Array.Fill(garbage, (byte)0xA5);
        for (long at = 40 * 4096; at + 4096 < file.Length; at += 2 * 4096)
        {
            file.Position = at;
            await file.WriteAsync(garbage);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<SqliteConnection> HoldAsync()
    {
        SqliteConnection holder = new($"Data Source={Path};Pooling=False");
        await holder.OpenAsync();
        await using SqliteCommand begin = holder.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return holder;
    }
}
