using System.Text.Json.Nodes;
using Horreum.Server.Llm;
using Horreum.Server.Operations;

namespace Horreum.Server.Query;

/// <summary>Lets the LLM call tools, in turns, until it answers or a limit is reached.</summary>
internal sealed class QueryRunner(LlmSettings settings, LlmClient client, QueryTools tools, TimeProvider time, ILogger<QueryRunner> logger)
{
    private const int MaxCallsInRound = 16;

    // One chance to correct a call that could not be made.
    private const int MaxFruitlessRounds = 2;

    /// <summary>Answers a query.</summary>
    /// <exception cref="LlmException">The LLM gave no usable answer, or the time is over.</exception>
    public async Task<QueryAnswer> RunAsync(string query, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using CancellationTokenSource timeout = new(settings.QueryTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        List<QueryToolCall> made = [];
        try
        {
            (string answer, int rounds) = await ConverseAsync(query, made, either.Token);
            double duration = time.GetElapsedTime(started).TotalMilliseconds;
            ServerLog.QueryAnswered(logger, rounds, made.Count, duration);
            return new QueryAnswer(query, answer, rounds, made, duration);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LlmException(504, $"The query was not answered within {settings.QueryTimeout.TotalSeconds:0.###} s (LLM_QUERY_TIMEOUT).");
        }
    }

    private async Task<(string Answer, int Rounds)> ConverseAsync(string query, List<QueryToolCall> made, CancellationToken cancellationToken)
    {
        string system = QueryPrompt.System(time.GetUtcNow());
        List<JsonNode> turns = [client.Dialect.Ask(QueryPrompt.User(query))];
        int fruitless = 0;
        for (int round = 1; round <= settings.MaxRounds; round++)
        {
            LlmReply reply = await client.AskAsync(system, turns, tools.Offered, cancellationToken);
            if (reply.Calls.Count == 0)
            {
                return (reply.Text.Length > 0 ? reply.Text : "The LLM gave an empty answer.", round);
            }

            int before = made.Count;
            turns.Add(reply.Turn);
            turns.AddRange(client.Dialect.Answer(await CallAllAsync(reply.Calls, made, cancellationToken)));
            QueryToolCall[] calls = [.. made.Skip(before)];
            fruitless = calls.All(call => call.NotMade) ? fruitless + 1 : 0;
            if (fruitless == MaxFruitlessRounds)
            {
                string errors = string.Join("\n", calls.Select(call => $"- {call.Tool}: {call.Result["error"]}"));
                return ($"The question could not be answered, since none of the calls could be made:\n{errors}", round);
            }
        }

        return ($"Sorry: there is no answer after {settings.MaxRounds} rounds. Please ask a narrower question.", settings.MaxRounds);
    }

    private async Task<IReadOnlyList<LlmToolResult>> CallAllAsync(IReadOnlyList<LlmToolCall> calls, List<QueryToolCall> made, CancellationToken cancellationToken)
    {
        List<LlmToolResult> results = [];
        foreach (LlmToolCall call in calls)
        {
            QueryToolCall done = results.Count < MaxCallsInRound
                ? await tools.CallAsync(call, cancellationToken)
                : QueryTools.NotMade(call, call.Arguments, $"At most {MaxCallsInRound} calls at a time.");
            made.Add(done);
            results.Add(new LlmToolResult(call, done.Result.ToJsonString(), done.IsError));
        }

        return results;
    }
}
