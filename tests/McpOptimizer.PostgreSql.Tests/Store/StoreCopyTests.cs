using McpOptimizer.Core;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Store;

public sealed class StoreCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Copy_ThereAndBack_LosesNothing()
    {
        string first = _folder.Combine("first", "o.db");
        string second = _folder.Combine("second", "o.db");
        string database = TestStore.ConnectionString(TestStore.NewSchema());
        Directory.CreateDirectory(_folder.Combine("first", "oauth-tokens"));
        await File.WriteAllTextAsync(_folder.Combine("first", "oauth-tokens", "abc.json"), """{"access_token":"geheim"}""");
        await File.WriteAllTextAsync(_folder.Combine("first", "oauth-tokens", "abc.scopes"), "read write");
        await FillAsync(first);

        IReadOnlyList<StoreCopyCount> there = await StoreCopy.RunAsync(first, database);
        IReadOnlyList<StoreCopyCount> back = await StoreCopy.RunAsync(database, second);

        back.Should().Equal(there);
        there.Should().OnlyContain(count => count.Rows > 0, "every kind is in this store");
        (await File.ReadAllTextAsync(_folder.Combine("second", "oauth-tokens", "abc.json"))).Should().Contain("geheim");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.Combine("second", "oauth-tokens", "abc.json")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using OptimizerFixture moved = new(after: services => services.AddPostgreSqlStore(database));
        await moved.Ingestion.LoadAsync();
        moved.List().Should().Equal("files/read", "mail/send");
        (await moved.ToolsAsync("mail")).Should().OnlyContain(tool => !tool.Embedding.IsEmpty);
        (await moved.Get<ITrustService>().ReadLogAsync()).Should().Contain(record => record.By == "tester");
    }

    [Fact]
    public async Task Copy_TargetIsNotEmpty_IsRefusedAndLeftAsItWas()
    {
        string first = _folder.Combine("o.db");
        string database = TestStore.ConnectionString(TestStore.NewSchema());
        await FillAsync(first);
        await StoreCopy.RunAsync(first, database);

        await FluentActions.Awaiting(() => StoreCopy.RunAsync(first, database)).Should().ThrowAsync<OptimizerStoreException>().WithMessage("*not empty*");
    }

    [Fact]
    public async Task Copy_WhatCannotBe_IsASentence()
    {
        await FluentActions.Awaiting(() => StoreCopy.RunAsync("missing.db", TestStore.ConnectionString("public"))).Should().ThrowAsync<OptimizerStoreException>().WithMessage("*missing.db*");
        await FluentActions.Awaiting(() => StoreCopy.RunAsync("a.db", "a.db")).Should().ThrowAsync<ArgumentException>();
    }

    // A real file: the fixture's store is SQLite again.
    private static async Task FillAsync(string path)
    {
        await using OptimizerFixture optimizer = new(path, after: TestStore.UseSqlite);
        optimizer.Registry.AddRemote("entry with a \0 in it", "https://entry.example/mcp", "one");
        optimizer.Workloads.Add("mail");
        optimizer.Workloads.Add("files");
        optimizer.Backends.Set("mail", "send");
        optimizer.Backends.Set("files", "read");
        await optimizer.StartAsync();
        optimizer.Backends.Set("mail", "send", "new");
        await optimizer.PollAsync();
        LearnedRequest learned = new()
        {
            Id = "l",
            At = DateTimeOffset.UnixEpoch,
            Profile = "",
            Caller = "c",
            Model = "m",
            Vector = new float[] { 1, 2 },
            Text = "send mail",
            Outcomes = [new LearnedOutcome("mail", "send", "hash", default)],
        };
        await optimizer.Store.DecideAsync((session, token) => session.Learning.AddAsync([learned], token));
        StoredEnrichment enriched = new()
        {
            DefinitionHash = "hash",
            Model = "m",
            PromptVersion = 1,
            State = EnrichmentState.Made,
            Purpose = "Sends mail.",
            Requests = ["write to my aunt", "tell them by mail"],
            At = DateTimeOffset.UnixEpoch,
            Calls = 1,
            Tokens = 100,
        };
        await optimizer.Store.WriteAsync((session, token) => session.Enrichments.UpsertAsync([enriched], token));
        await optimizer.Get<ITrustService>().RejectAsync(new TrustDecision { Target = "mail/new", By = "tester", Note = "no" });
    }
}
