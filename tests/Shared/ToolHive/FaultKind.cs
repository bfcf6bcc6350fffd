namespace Shared.ToolHive;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Nothing but time passes; see <see cref="Fault.Latency"/>.</summary>
    Delay,

    /// <summary>A status with a text instead of the answer.</summary>
    Status,

    /// <summary>A web page with status 200 instead of the answer.</summary>
    Html,

    /// <summary>Text that is no JSON with status 200 instead of the answer.</summary>
    BadJson,

    /// <summary>The first half of the answer, as if it were all.</summary>
    TruncatedJson,

    /// <summary>The connection breaks before the answer.</summary>
    Abort,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    AbortMidway,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>Every list in the answer is null.</summary>
    NullLists,

    /// <summary>The answer is replaced by <see cref="Fault.Body"/>.</summary>
    Replace,
}
