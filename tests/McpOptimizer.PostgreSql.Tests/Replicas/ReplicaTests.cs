using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core;
using McpOptimizer.Core.Clients.Backends;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using ModelContextProtocol.Authentication;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Replicas;

/// <summary>Several replicas on one database, in one process.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly string _schema = TestStore.NewSchema();
    private readonly List<Replica> _replicas = [];

    private string ConnectionString => TestStore.ConnectionString(_schema);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Replica replica in _replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task Follower_TakesOverWhatTheLeaderStored_AndEmbedsNothing()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("files", "read_file"));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 1);
        Replica follower = await StartAsync("two", replica => replica.Serve("files", "read_file"));

        follower.Optimizer.List().Should().Equal("files/read_file");
        (await follower.IsLeaderAsync()).Should().BeFalse();
        follower.Others.Leader.Should().Be("one");

        leader.Serve("files", "read_file", "write_file");
        await leader.LookAsync();
        await WithinASecondAsync(() => follower.Optimizer.List().Length == 1 && follower.Optimizer.Get<TrustStatus>().WithheldTools == 1);
        await leader.Trust.ApproveAsync(new TrustDecision { ReviewId = (await leader.Trust.ReviewAsync("files")).Id, By = "tester" });
        await WithinASecondAsync(() => follower.Optimizer.List().Length == 2);

        follower.Optimizer.Embedder.Texts.Should().NotContain(text => text.Contains("Does ", StringComparison.Ordinal), "vectors of tools are computed once");
        follower.Optimizer.Backends.Listings.Should().Be(0, "one replica asks the servers");
    }

    [Fact]
    public async Task Resources_AreEmbeddedByOneReplica()
    {
        static void Prepare(Replica replica)
        {
            replica.Serve("a", "x");
            replica.Optimizer.Backends.Resources["a"] = [new() { Name = "manual", Uri = "a://manual", DefinitionJson = "{\"uri\":\"a://manual\",\"name\":\"manual\"}"u8.ToArray() }];
        }

        Replica one = await StartAsync("one", Prepare);
        await Eventually.IsAsync(() => one.Optimizer.Get<McpOptimizer.Core.Services.Catalogue.OfferingIndexes>().Resources.Current.ToolCount == 1);
        Replica two = await StartAsync("two", Prepare);
        await Eventually.IsAsync(() => two.Optimizer.Get<McpOptimizer.Core.Services.Catalogue.OfferingIndexes>().Resources.Current.ToolCount == 1);

        one.Optimizer.Embedder.Texts.Should().Contain(text => text.Contains("manual", StringComparison.Ordinal));
        two.Optimizer.Embedder.Texts.Should().NotContain(text => text.Contains("manual", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follower_ServerIsGone_ForgetsIt()
    {
        Replica leader = await StartAsync("one", replica =>
        {
            replica.Serve("a", "x");
            replica.Serve("b", "y");
        });
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 2);

        leader.Optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "b");
        await leader.LookAsync();

        await WithinASecondAsync(() => follower.Optimizer.List() is ["a/x"]);
    }

    [Fact]
    public async Task Leader_StopsInOrder_AnotherTakesOverAtOnce()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 1);
        Replica follower = await StartAsync("two", replica =>
        {
            replica.Serve("a", "x");
            replica.Serve("b", "y");
        });

        _replicas.Remove(leader);
        await leader.DisposeAsync();

        await Eventually.IsAsync(async () => await follower.IsLeaderAsync());
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 2);
        follower.Optimizer.Embedder.Texts.Should().Contain(text => text.Contains("Does y", StringComparison.Ordinal)).And.NotContain(text => text.Contains("Does x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leader_LosesTheLease_WritesNothingMore()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 1);
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));

        // What a replica finds that was stopped for longer than its lease: somebody else has it, and its own clock has not told it yet.
        Execute("UPDATE store_leases SET holder = 'somebody', holder_name = 'three', fence = fence + 1, until = clock_timestamp() + interval '1 minute'");
        leader.Serve("a", "x", "stale");
        Func<Task> write = () => leader.Optimizer.Store.WriteAsync((session, token) => session.WorkloadServers.DeleteAsync("whatever", token));

        (await write.Should().ThrowAsync<OptimizerStoreException>()).Which.Failure.Should().Be(StoreFailure.Superseded);
        await leader.LookAsync();
        (await follower.Optimizer.ToolsAsync("a")).Should().ContainSingle();
        (await leader.IsLeaderAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Decision_OnOneReplica_HoldsOnAll_AndNothingIsFoundBefore()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 1);
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));
        leader.Serve("a", "x", "new");
        await leader.LookAsync();
        await WithinASecondAsync(() => follower.Optimizer.Get<ICallTargetResolver>().IsWithheld("a", "new"));
        follower.Optimizer.List().Should().Equal("a/x");

        // Reviewed on one, approved on the other.
        TrustReview review = await leader.Trust.ReviewAsync("a");
        await follower.Trust.ApproveAsync(new TrustDecision { ReviewId = review.Id, By = "tester" });
        follower.Optimizer.List().Should().HaveCount(2, "the decision is in this replica's index when the call returns");
        await WithinASecondAsync(() => leader.Optimizer.List().Length == 2);

        await leader.Trust.RejectAsync(new TrustDecision { Target = "a/x", By = "tester" });
        await WithinASecondAsync(() => follower.Optimizer.List() is ["a/new"]);
    }

    [Fact]
    public async Task Decision_TwoOperatorsAtOnce_OneWinsAndTheOtherIsTold()
    {
        Replica one = await StartAsync("one", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => one.Optimizer.List().Length == 1);
        Replica two = await StartAsync("two", replica => replica.Serve("a", "x"));
        one.Serve("a", "x", "new");
        await one.LookAsync();
        TrustReview first = await one.Trust.ReviewAsync("a");
        TrustReview second = await two.Trust.ReviewAsync("a");

        Task<IReadOnlyList<TrustEntry>>[] decisions =
        [
            one.Trust.ApproveAsync(new TrustDecision { ReviewId = first.Id, By = "ann" }),
            two.Trust.RejectAsync(new TrustDecision { ReviewId = second.Id, By = "bob" }),
        ];
        await Task.WhenAll(decisions).ContinueWith(_ => { }, TaskScheduler.Default);

        decisions.Count(decision => decision.IsCompletedSuccessfully).Should().Be(1);
        decisions.Single(decision => decision.IsFaulted).Exception!.InnerException.Should().BeOfType<TrustConflictException>()
            .Which.Message.Should().Contain("was decided on after this review").And.MatchRegex("by (ann|bob)");
        (await one.Trust.ReadLogAsync()).Count(record => record.By is not null).Should().Be(1);
    }

    [Fact]
    public async Task Notices_ConnectionIsCut_ChangesAreFoundAllTheSame()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 1);

        Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mcp-optimizer/%' AND query LIKE 'LISTEN%'");
        leader.Optimizer.Workloads.Add("b");
        leader.Optimizer.Backends.Set("b", "y");
        await leader.LookAsync();

        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 2);
    }

    [Fact]
    public async Task ServerSaysItsToolsChanged_ToAFollower_TheLeaderLooks()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"), interval: TimeSpan.FromMinutes(5));
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"), interval: TimeSpan.FromMinutes(5));
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 1);
        await follower.LookAsync();
        leader.Serve("a");

        await Eventually.IsAsync(async () =>
        {
            await follower.Optimizer.Ingestion.IngestWorkloadAsync("a");
            return follower.Optimizer.List().Length == 0;
        });
    }

    [Fact]
    public async Task Store_IsPutBackFromABackup_IsReadAgain()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 1);
        follower.Optimizer.Workloads.Failure = new IOException("nothing is taken in anew");
        await follower.LookAsync();
        _replicas.Remove(leader);
        await leader.DisposeAsync();

        // An older state: the sequence goes back, and the server is not there.
        Execute("DELETE FROM mcpservers_workload; UPDATE store_state SET generation = 0; DELETE FROM store_changes");

        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 0);
    }

    [Fact]
    public async Task CutResult_IsReadOnAnotherReplica_BySameCallerOnly()
    {
        Replica one = await StartAsync("one", _ => { });
        Replica two = await StartAsync("two", _ => { });
        CallContext ann = new() { Caller = "ann" };
        one.Optimizer.Get<SharedResults>().Should().NotBeNull();
        string handle = one.Optimizer.Get<ResultStore>().Add(new() { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "all of it" }) }, ann)!;

        await two.Optimizer.Get<SharedResults>().BringAsync(handle);

        two.Optimizer.Get<IToolCallService>().ReadResult(new StoredResultQuery { Handle = handle }, ann).Text.Should().Be("all of it");
        FluentActions.Invoking(() => two.Optimizer.Get<IToolCallService>().ReadResult(new StoredResultQuery { Handle = handle }, new CallContext { Caller = "bob" }))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task Questions_AreAnsweredAtAnotherReplica_AndTheCallGoesOnWhereItWaits()
    {
        Replica one = await StartAsync("one", replica => Ask(replica, "Your name?", "Your age?"));
        await Eventually.IsAsync(() => one.Optimizer.List().Length == 1);
        Replica two = await StartAsync("two", replica => Ask(replica));
        ToolCallRequest request = new() { ServerName = "asks", ToolName = "ask", Arguments = JsonElement.Parse("{}") };

        ToolCallOutcome name = await one.CallAsync(request, Later("ann"));
        ToolCallOutcome stolen = await two.CallAsync(Reply(name, "Eve"), Later("bob"));
        ToolCallOutcome age = await two.CallAsync(Reply(name, "Ann"), Later("ann"));
        ToolCallOutcome done = await two.CallAsync(Reply(age, "42"), Later("ann"));
        ToolCallOutcome again = await two.CallAsync(Reply(age, "43"), Later("ann"));

        name.Questions!.Single().Value.Parameters["message"]!.GetValue<string>().Should().Be("Your name?");
        stolen.Status.Should().Be(ToolCallStatus.InvalidArguments);
        age.Questions!.Single().Value.Parameters["message"]!.GetValue<string>().Should().Be("Your age?");
        done.Status.Should().Be(ToolCallStatus.Succeeded);
        done.Result["content"]![0]!["text"]!.GetValue<string>().Should().Be("Ann, 42");
        again.Result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("is over", "an outcome is given to its reply alone");
        stolen.Result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("is over");
        one.Optimizer.Backends.Calls.Should().Equal("asks/ask");
        two.Optimizer.Backends.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Question_TheReplicaThatAskedIsGone_IsSaidInsteadOfWaitingOn()
    {
        Replica one = await StartAsync("one", replica => Ask(replica, "Your name?"));
        await Eventually.IsAsync(() => one.Optimizer.List().Length == 1);
        Replica two = await StartAsync("two", replica => Ask(replica));
        ToolCallOutcome asked = await one.CallAsync(new() { ServerName = "asks", ToolName = "ask", Arguments = JsonElement.Parse("{}") }, Later("ann"));
        _replicas.Remove(one);
        await one.DisposeAsync();

        ToolCallOutcome answered = await two.CallAsync(Reply(asked, "Ann"), Later("ann"));
        ToolCallOutcome unknown = await two.CallAsync(Reply(asked, "Ann") with { State = "c-0123456789abcdef0123456789abcdef" }, Later("ann"));

        answered.Result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("'one'");
        unknown.Result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("is over");
    }

    [Fact]
    public async Task Disk_IsFull_WhatIsStoredIsServed_WhatChangedIsWithheld_AndItRecovers()
    {
        Replica leader = await StartAsync("one", replica => replica.Serve("a", "x"));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 1);
        Replica follower = await StartAsync("two", replica => replica.Serve("a", "x"));
        Execute("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON mcpservers_workload FOR EACH ROW EXECUTE FUNCTION full_disk()
            """);

        leader.Optimizer.Backends.Set("a", FakeBackends.Tool("x", "Something else now."));
        await Eventually.IsAsync(() => leader.Optimizer.List().Length == 0, "what changed is withheld though it cannot be stored");
        await Eventually.IsAsync(() => leader.Optimizer.Get<TrustStatus>().LastError?.Contains("is full", StringComparison.Ordinal) == true);
        follower.Optimizer.List().Should().Equal("a/x");

        Execute("DROP TRIGGER full_disk ON mcpservers_workload");
        await Eventually.IsAsync(() => follower.Optimizer.List().Length == 0, "now it is withheld on all");
        await Eventually.IsAsync(() => leader.Optimizer.Get<TrustStatus>().UnstoredServers.Count == 0);
    }

    [Fact]
    public async Task OAuthTokens_HaveExpired_OneRefreshes_AndAllUseWhatItGot()
    {
        Replica one = await StartAsync("one", _ => { });
        Replica two = await StartAsync("two", _ => { });
        BackendEndpoint endpoint = new() { ServerName = "a", Transport = TransportKind.StreamableHttp, Url = new Uri("https://a.example/mcp"), OAuth = new BackendOAuth() };
        IOAuthTokens first = one.Optimizer.Get<IOAuthTokenStore>().Of(endpoint);
        IOAuthTokens second = two.Optimizer.Get<IOAuthTokenStore>().Of(endpoint);
        first.Read().Should().BeNull();
        first.Write(Tokens("old", TimeSpan.FromHours(-2)));
        first.AddScopes(["read"]);

        TokenContainer? claimed = await first.GetTokensAsync(default);
        Task<TokenContainer?> waiting = second.GetTokensAsync(default).AsTask();
        claimed!.AccessToken.Should().Be("old", "this one is to refresh it");
        await Task.Delay(500);
        waiting.IsCompleted.Should().BeFalse("the other one waits for what it gets");
        await first.StoreTokensAsync(Tokens("new", TimeSpan.Zero), default);

        (await waiting)!.AccessToken.Should().Be("new");
        second.ReadScopes().Should().Equal("read");
        first.ToString().Should().NotContain("old").And.NotContain("new");

        static TokenContainer Tokens(string text, TimeSpan age) => new()
        {
            TokenType = "Bearer",
            AccessToken = text,
            RefreshToken = "refresh",
            ExpiresIn = 3600,
            ObtainedAt = DateTimeOffset.UtcNow + age,
        };
    }

    [Fact]
    public async Task ListTools_SaysWhichReplicaAnswered()
    {
        Replica replica = await StartAsync("replica-7", _ => { });
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(replica.Optimizer.Services);

        ModelContextProtocol.Protocol.CallToolResult answer = await client.Client.CallToolAsync("list_tools");

        answer.Meta!["mcp-optimizer/replica"]!.GetValue<string>().Should().Be("replica-7");
    }

    [Fact]
    public async Task Shared_BeyondTheLimit_TheOldestMakeRoom()
    {
        Replica one = await StartAsync("one", _ => { }, configure: options => options.MaxSharedBytes = 1_000);
        for (int i = 0; i < 5; i++)
        {
            await one.Others.ShareAsync($"k{i}", new byte[400], TimeSpan.FromMinutes(1));
        }

        (await one.Others.FindSharedAsync("k0")).Should().BeNull();
        (await one.Others.FindSharedAsync("k4")).Should().HaveCount(400);
    }

    private static CallContext Later(string caller) => new() { Caller = caller, AnswersLater = true, AnswerableMethods = new HashSet<string> { CallerMethods.Elicit } };

    private static ToolCallRequest Reply(ToolCallOutcome asked, string text) => new()
    {
        State = asked.State,
        Answers = asked.Questions!.ToDictionary(entry => entry.Key, _ => JsonElement.Parse($$"""{"action":"accept","content":{"text":"{{text}}"} }""")),
    };

    // A server that puts each question to its caller and answers with what it was told.
    private static void Ask(Replica replica, params string[] questions)
    {
        replica.Serve("asks", "ask");
        replica.Optimizer.Backends.Respond = (_, context) =>
        {
            IEnumerable<string> told = questions.Select(question =>
                context.OnRequest!(new CallerRequest(CallerMethods.Elicit, new JsonObject { ["message"] = question }), default).AsTask().GetAwaiter().GetResult()["content"]!["text"]!.GetValue<string>());
            return new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = string.Join(", ", told) }) };
        };
    }

    private static async Task WithinASecondAsync(Func<bool> condition)
    {
        // Generous where the machine is busy: the delay itself is what the benchmark measures.
        Stopwatch watch = Stopwatch.StartNew();
        await Eventually.IsAsync(condition);
        watch.Elapsed.Should().BeLessThan(Soon * 5);
    }

    private void Execute(string sql) => PostgreSqlServer.Shared.Execute($"SET search_path = {_schema}; {sql}");

    private async Task<Replica> StartAsync(string name, Action<Replica> prepare, TimeSpan? interval = null, Action<PostgreSqlStoreOptions>? configure = null)
    {
        Replica replica = await Replica.StartAsync(ConnectionString, name, prepare, interval, configure);
        _replicas.Add(replica);
        return replica;
    }
}
