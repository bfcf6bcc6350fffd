using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>Who makes a call and what can be asked of them meanwhile. Everything is optional.</summary>
public sealed record CallContext
{
    /// <summary>No caller behind it: nobody can be asked, nothing is reported.</summary>
    public static CallContext None { get; } = new();

    /// <summary>The caller's session: stored results are readable in the same session only. Null shares them among all callers without a session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who the caller is, for the audit record and to tell callers apart; null when not known.</summary>
    public string? Caller { get; init; }

    /// <summary>The caller's <c>Authorization</c> header. It is passed to a backend only when the backend's entry says so. Secret.</summary>
    public string? Authorization { get; init; }

    /// <summary>The <c>Authorization</c> header that opened the host itself. It is passed to a backend only when the backend's entry asks for just that. Secret.</summary>
    public string? HostAuthorization { get; init; }

    /// <summary>Takes the backend's progress reports; null when nobody listens.</summary>
    public Func<CallProgress, CancellationToken, ValueTask>? OnProgress { get; init; }

    /// <summary>Answers what the backend asks for; null when the caller cannot. The answer is the method's result.</summary>
    public Func<CallerRequest, CancellationToken, ValueTask<JsonObject>>? OnRequest { get; init; }

    /// <summary>Methods that <see cref="OnRequest"/> can answer.</summary>
    public IReadOnlySet<string> AnswerableMethods { get => field ?? NoMethods; init; }

    /// <summary>
    /// Whether the caller can answer only with a further request (protocol 2026-07-28): then a question ends the call with
    /// <see cref="ToolCallStatus.InputRequired"/> and <see cref="OnRequest"/> is not used.
    /// </summary>
    public bool AnswersLater { get; init; }

    /// <summary>Members for the request's <c>_meta</c>, passed on to the backend; null for none.</summary>
    public JsonObject? Meta { get; init; }

    private static IReadOnlySet<string> NoMethods { get; } = new HashSet<string>();

    /// <summary>Whether the caller can answer a method.</summary>
    public bool CanAnswer(string method) => OnRequest is not null && AnswerableMethods.Contains(method);

    /// <summary>The caller and the session; never the credentials.</summary>
    public override string ToString() => $"{Caller ?? "caller"} ({SessionId ?? "no session"})";
}
