namespace Horreum.Client.Tools;

/// <summary>What a parameter takes.</summary>
internal enum ToolParameterKind
{
    /// <summary>An id above zero, as number or digits.</summary>
    Id,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A time, as text or as a number of milliseconds.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Ascending or Descending.</summary>
    Direction,

    /// <summary>A list of words, or one word.</summary>
    Words,

    /// <summary>A JSON object, or text.</summary>
    Filter,

    /// <summary>Any JSON.</summary>
    Json,
}
