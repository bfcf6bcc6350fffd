namespace Common.Tools;

/// <summary>What a parameter takes.</summary>
internal enum ToolParameterKind
{
    /// <summary>An id above zero, as number or digits.</summary>
    Id,

    /// <summary>A whole number, as number or digits.</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A time, as text or as a number of milliseconds.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of a few words: those of <see cref="ToolParameter.Choices"/>.</summary>
    Choice,

    /// <summary>A list of words, or one word.</summary>
    Words,

    /// <summary>A JSON object whose members are texts.</summary>
    Texts,

    /// <summary>A JSON object, or text.</summary>
    Filter,

    /// <summary>Any JSON.</summary>
    Json,
}
