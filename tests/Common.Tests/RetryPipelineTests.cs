using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace Common.Tests;

public sealed class RetryPipelineTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<TimeSpan> _waits = [];
    private int _attempts;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Execute_FailureStays_IsThrownAfterTheLastAttempt(int most)
    {
        Task<string> run = RunAsync(Create(most), failures: int.MaxValue);

        (await FluentActions.Awaiting(() => PumpAsync(run)).Should().ThrowAsync<TimeoutException>()).WithMessage($"attempt {most}");
        _attempts.Should().Be(most);
        _waits.Should().HaveCount(most - 1);
    }

    [Fact]
    public async Task Execute_FailurePasses_AnswersAndIsToldOfEachRepetition()
    {
        (await PumpAsync(RunAsync(Create(5), failures: 2))).Should().Be("done after 3");

        _waits.Should().HaveCount(2);
    }

    [Fact]
    public async Task Execute_ManyFailures_WaitsGrowUpToTheLongest()
    {
        const int Runs = 200;
        const int Repetitions = 9;
        for (int run = 0; run < Runs; run++)
        {
            await PumpAsync(RunAsync(Create(Repetitions + 1), failures: Repetitions));
            _attempts = 0;
        }

        double[] means = [.. Enumerable.Range(0, Repetitions).Select(place => _waits.Where((_, i) => i % Repetitions == place).Average(wait => wait.TotalSeconds))];
        _waits.Should().OnlyContain(wait => wait >= TimeSpan.Zero && wait <= Longest);
        means[0].Should().BeInRange(First.TotalSeconds / 2, First.TotalSeconds * 1.5);
        means[2].Should().BeGreaterThan(means[0] * 1.5);
        means[4].Should().BeGreaterThan(means[2] * 2);
        means[^1].Should().BeInRange(Longest.TotalSeconds * 0.9, Longest.TotalSeconds);
        _waits.Distinct().Should().HaveCountGreaterThan(Runs, "callers that failed together must not come back together");
    }

    [Fact]
    public async Task Execute_FailureAsksForAWait_WaitsExactlySoLong()
    {
        DateTimeOffset start = _clock.GetUtcNow();
        ResiliencePipeline pipeline = Create(3, asked: TimeSpan.FromMinutes(5));

        Task<string> run = RunAsync(pipeline, failures: 1);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        run.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        (await run.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("done after 2");
        _waits.Should().Equal(TimeSpan.FromMinutes(5));
        (_clock.GetUtcNow() - start).Should().Be(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Execute_AsksForTooLongAWait_EndsWhereThePackageSaysSo()
    {
        TimeSpan asked = TimeSpan.FromHours(1);
        ResiliencePipeline pipeline = Create(3, asked, passes: failure => failure is TimeoutException && asked <= Longest);

        await FluentActions.Awaiting(() => RunAsync(pipeline, failures: int.MaxValue)).Should().ThrowAsync<TimeoutException>();

        _attempts.Should().Be(1);
        _waits.Should().BeEmpty();
    }

    [Fact]
    public async Task Execute_FailureThatStaysByItsNature_IsThrownAtOnce()
    {
        await FluentActions.Awaiting(() => RunAsync(Create(5), failures: int.MaxValue, new FormatException("no"))).Should().ThrowAsync<FormatException>();

        _attempts.Should().Be(1);
        _waits.Should().BeEmpty();
    }

    [Fact]
    public async Task Execute_CancelledWhileWaiting_StopsAtOnce()
    {
        using CancellationTokenSource stop = new();
        Task<string> run = RunAsync(Create(5), failures: int.MaxValue, cancellationToken: stop.Token);
        run.IsCompleted.Should().BeFalse();

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => run.WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<OperationCanceledException>();
        _attempts.Should().Be(1);
    }

    [Fact]
    public async Task Execute_CancelledWhileAnAttemptFails_IsCancelledAndNotToldAsAFailure()
    {
        using CancellationTokenSource stop = new();

        Func<Task> run = async () => await Create(5).ExecuteAsync(
            async token =>
            {
                await stop.CancelAsync();
                throw new TimeoutException();
            },
            stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        _waits.Should().BeEmpty();
    }

    [Fact]
    public async Task Execute_AnswerThatIsAFailure_IsDisposedAndAskedForAgain()
    {
        List<HttpResponseMessage> answers = [];
        ResiliencePipeline pipeline = RetryPipeline.Create(
            3, TimeSpan.Zero, Longest, _clock, attempt => attempt.Outcome.Result is HttpResponseMessage { IsSuccessStatusCode: false }, _ => null, attempt => _waits.Add(attempt.RetryDelay));

        using HttpResponseMessage last = await pipeline.ExecuteAsync(_ =>
        {
            answers.Add(new(answers.Count == 0 ? System.Net.HttpStatusCode.BadGateway : System.Net.HttpStatusCode.OK) { Content = new StringContent("text") });
            return ValueTask.FromResult(answers[^1]);
        });

        (answers.Count, last).Should().Be((2, answers[1]));
        _waits.Should().Equal(TimeSpan.Zero);
        FluentActions.Invoking(() => answers[0].Content.ReadAsStream()).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Create_DelaysOfMoreThanADay_AreTaken() =>
        FluentActions.Invoking(() => RetryPipeline.Create(2, TimeSpan.FromDays(2), TimeSpan.MaxValue, _clock, _ => true, _ => null, _ => { })).Should().NotThrow();

    private ResiliencePipeline Create(int mostAttempts, TimeSpan? asked = null, Func<Exception?, bool>? passes = null) =>
        RetryPipeline.Create(
            mostAttempts,
            First,
            Longest,
            _clock,
            attempt => (passes ?? (failure => failure is TimeoutException))(attempt.Outcome.Exception),
            outcome => outcome.Exception is null ? throw new InvalidOperationException("Only failures ask.") : asked,
            attempt => _waits.Add(attempt.RetryDelay));

    private async Task<string> RunAsync(ResiliencePipeline pipeline, int failures, Exception? failure = null, CancellationToken cancellationToken = default) =>
        await pipeline.ExecuteAsync(
            _ => ++_attempts <= failures
                ? ValueTask.FromException<string>(failure ?? new TimeoutException("attempt " + _attempts.ToString(CultureInfo.InvariantCulture)))
                : ValueTask.FromResult("done after " + _attempts.ToString(CultureInfo.InvariantCulture)),
            cancellationToken);

    /// <summary>Lets the clock run until the run has ended.</summary>
    private async Task<string> PumpAsync(Task<string> run)
    {
        while (!run.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        return await run;
    }
}
