using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A model that says what the test wants it to say of each tool, and remembers what it was asked.</summary>
public sealed class WordingModel(string model = "scripted") : IChatClient
{
    private int _running;

    /// <summary>What it answers about a tool, by the tool's name; the others get <see cref="Good"/>.</summary>
    public ConcurrentDictionary<string, Func<CancellationToken, Task<string>>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The tools it was asked about, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What was sent, all messages of a call together.</summary>
    public ConcurrentQueue<string> Prompts { get; } = new();

    /// <summary>The options of the last call.</summary>
    public ChatOptions? Options { get; private set; }

    /// <summary>What each call says it took; null says nothing.</summary>
    public long? Tokens { get; set; }

    /// <summary>How many calls were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>An answer as it should be.</summary>
    public static string Good(string tool) => Answer($"Handles what {tool} stands for.", $"please do the {tool} thing for me", $"I need somebody for {tool}");

    /// <summary>An answer of these texts.</summary>
    public static string Answer(string purpose, params string[] requests) =>
        new JsonObject { ["purpose"] = purpose, ["requests"] = new JsonArray([.. requests.Select(request => (JsonNode?)request)]) }.ToJsonString();

    /// <summary>Sets what it answers about a tool.</summary>
    public void Say(string tool, string answer) => Answers[tool] = _ => Task.FromResult(answer);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> all = [.. messages];
        string tool = (string)JsonNode.Parse(all[^1].Text)!["name"]!;
        Options = options;
        Prompts.Enqueue(string.Join('\n', all.Select(message => message.Text)));
        Asked.Enqueue(tool);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        try
        {
            string text = Answers.TryGetValue(tool, out Func<CancellationToken, Task<string>>? answer) ? await answer(cancellationToken) : Good(tool);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = Tokens is null ? null : new UsageDetails { TotalTokenCount = Tokens } };
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, model) : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
