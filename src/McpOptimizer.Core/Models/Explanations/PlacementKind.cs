namespace McpOptimizer.Core.Models.Explanations;

/// <summary>Why a tool is, or is not, among the hits.</summary>
public enum PlacementKind
{
    /// <summary>No tool of that name (that the caller may know of).</summary>
    Unknown = 0,

    /// <summary>Several tools answer to that name.</summary>
    Ambiguous,

    /// <summary>It is among the hits.</summary>
    Found,

    /// <summary>It was looked at closely, and others stand before it.</summary>
    Outranked,

    /// <summary>Neither its words nor its meaning came near enough to be looked at closely.</summary>
    NotNear,

    /// <summary>Its server does not run.</summary>
    ServerDown,

    /// <summary>Its server's group is not among the allowed ones, or a virtual server of the group stands for it.</summary>
    Group,

    /// <summary>The caller's profile hides its server or the tool.</summary>
    Profile,

    /// <summary>Something else keeps it back, for example that its definition awaits approval.</summary>
    Withheld,
}
