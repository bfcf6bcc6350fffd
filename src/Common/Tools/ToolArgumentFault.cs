namespace Common.Tools;

/// <summary>What is wrong with an argument.</summary>
internal enum ToolArgumentFault
{
    /// <summary>The tool has no parameter of this name.</summary>
    Unknown,

    /// <summary>It is required and did not come.</summary>
    Missing,

    /// <summary>What came cannot be used.</summary>
    Wrong,
}
