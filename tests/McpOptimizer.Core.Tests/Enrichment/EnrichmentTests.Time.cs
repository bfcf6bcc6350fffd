using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Enrichment;

// Time jumps here, which the lease of a shared store would not outlive: on one process's store alone.
public sealed partial class EnrichmentTests
{
    [Fact]
    public async Task Run_AClientThatFails_IsLeftAloneForAWhile_ThenAskedAgain()
    {
        foreach (string tool in Tools)
        {
            _model.Answers[tool] = _ => throw new InvalidOperationException("the key is sk-secret");
        }

        await using OptimizerFixture optimizer = await StartAsync(configure: options => options.Enrichment.MaxConcurrentCalls = 1);
        await RunAsync(optimizer);
        await RunAsync(optimizer);

        _model.Asked.Should().HaveCount(3, "three faults in a row are enough");
        (await StoredAsync(optimizer)).Should().OnlyContain(row => row.State == EnrichmentState.Failed && row.Reason == "the client failed with InvalidOperationException", "a message may hold a key");
        optimizer.List().Should().HaveCount(Tools.Length, "tools are served all the same");

        _model.Answers.Clear();
        _clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(optimizer);
        (await StoredAsync(optimizer)).Should().HaveCount(Tools.Length).And.OnlyContain(row => row.State == EnrichmentState.Made);
    }

    [Fact]
    public async Task Run_AClientThatHangsAndTakesNoNotice_CostsItsToolAlone()
    {
        TaskCompletionSource<string> never = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _model.Answers["quux_two"] = _ =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        await using OptimizerFixture optimizer = await StartAsync();

        Task run = RunAsync(optimizer);
        await asked.Task;
        await Eventually.IsAsync(async () => (await StoredAsync(optimizer)).Count == Tools.Length - 1);
        _clock.Advance(TimeSpan.FromSeconds(31));
        await run;

        IReadOnlyList<StoredEnrichment> stored = await StoredAsync(optimizer);
        stored.Where(row => row.State == EnrichmentState.Made).Should().HaveCount(Tools.Length - 1);
        stored.Should().ContainSingle(row => row.State == EnrichmentState.Failed).Which.Reason.Should().Be("no answer within 30 s");
    }

    [Fact]
    public async Task Run_TheDaysCallsAreSpent_TheRestWaitsForTheNextDay_AlsoAfterARestart()
    {
        string database = _folder.Combine("o.db");
        await using (OptimizerFixture first = await StartAsync(database, options => options.Enrichment.MaxCallsPerDay = 2))
        {
            await RunAsync(first);
            await RunAsync(first);
        }

        await using OptimizerFixture second = await StartAsync(database, options => options.Enrichment.MaxCallsPerDay = 2);
        await RunAsync(second);
        _model.Asked.Should().HaveCount(2);

        _clock.Advance(TimeSpan.FromHours(25));
        await RunAsync(second);
        _model.Asked.Should().HaveCount(4).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Run_TheMinutesCallsAreSpent_TheNextWaitsForTheNextMinute()
    {
        await using OptimizerFixture optimizer = await StartAsync(configure: options => (options.Enrichment.MaxCallsPerMinute, options.Enrichment.Timeout) = (4, TimeSpan.FromMinutes(10)));

        Task run = RunAsync(optimizer);
        await Eventually.IsAsync(async () => (await StoredAsync(optimizer)).Count == 4);
        run.IsCompleted.Should().BeFalse();
        await Eventually.IsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(run.IsCompleted ? 0 : 20));
            return run.IsCompleted;
        });

        await run;
        _model.Asked.Should().HaveCount(Tools.Length);
    }
}
