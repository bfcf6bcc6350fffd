namespace Shared.Horreum;

/// <summary>What goes wrong instead of an answer.</summary>
public sealed record FakeFault
{
    /// <summary>Status to answer; 0 to answer as usual after the delay.</summary>
    public int Status { get; init; }

    /// <summary>Body to answer.</summary>
    public string Body { get; init; } = "";

    /// <summary>Content type of the body.</summary>
    public string ContentType { get; init; } = "text/plain";

    /// <summary>Value of <c>Retry-After</c>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether the connection is cut without an answer.</summary>
    public bool Reset { get; init; }

    /// <summary>Whether the head promises more than is sent before the connection is cut.</summary>
    public bool Truncate { get; init; }

    /// <summary>Whether nothing is answered until the client gives up.</summary>
    public bool Hang { get; init; }

    /// <summary>Whether the body stops half-way until the client gives up.</summary>
    public bool Stall { get; init; }

    /// <summary>How many requests it hits.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Part of the path of the requests it hits; all when empty.</summary>
    public string Path { get; init; } = "";
}
