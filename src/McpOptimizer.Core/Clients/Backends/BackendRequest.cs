using System.Threading.Channels;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One operation under way at a backend, or a connection that comes up: who waits for it and what was learnt about it on the way.</summary>
internal sealed class BackendRequest(CallContext context, OperationClock clock)
{
    private static readonly AsyncLocal<BackendRequest?> Flow = new();

    /// <summary>The operation of the running code: the HTTP handler finds it here, below the SDK.</summary>
    public static BackendRequest? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>Who waits.</summary>
    public CallContext Context { get; } = context;

    /// <summary>The time left.</summary>
    public OperationClock Clock { get; } = clock;

    /// <summary>Progress on its way to the caller, in order; null when nobody listens. Reports in excess replace older ones.</summary>
    public Channel<CallProgress>? Progress { get; } = context.OnProgress is null
        ? null
        : Channel.CreateBounded<CallProgress>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Whether the backend may have got the message and acted on it.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>Bytes of an answer that was thrown away because it was too large; null otherwise.</summary>
    public long? OversizedBytes { get; set; }

    /// <summary>Whether the last answer asks the caller for something before the operation can go on.</summary>
    public bool InputRequired { get; set; }

    /// <summary>For the first page of a listing: by what its answer is known again; null for everything else.</summary>
    public ListingMark? Listing { get; set; }

    /// <summary>What the backend's HTTP answer said about trying again.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The beginning of the last HTTP answer that is no success, or is one of a type that cannot be read; null when there was none.</summary>
    public HttpAnswer? HttpAnswer { get; set; }

    /// <summary>Member <c>data</c> of the error that the backend answered with, as JSON; null when there was none.</summary>
    public string? ErrorData { get; set; }

    /// <summary>Whether the backend answered that it does not know the session.</summary>
    public bool SessionUnknown { get; set; }
}
