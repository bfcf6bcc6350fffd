namespace McpOptimizer.Core.Models.Calls;

/// <summary>How a call ended.</summary>
public enum ToolCallStatus
{
    /// <summary>The tool answered.</summary>
    Succeeded = 0,

    /// <summary>The tool answered that it failed.</summary>
    ToolFailed,

    /// <summary>There is no such tool for this caller.</summary>
    NotFound,

    /// <summary>The arguments do not fit the tool; the backend was not asked.</summary>
    InvalidArguments,

    /// <summary>The backend could not be called or did not answer.</summary>
    BackendFailed,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The backend asks something that the caller answers with a new request.</summary>
    InputRequired,

    /// <summary>The caller's profile allows no further call at the moment; the backend was not asked.</summary>
    LimitReached,
}
