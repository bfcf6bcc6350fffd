namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>The kinds of value that a schema allows.</summary>
[Flags]
internal enum SchemaTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A text.</summary>
    Text = 1,

    /// <summary>A number; whether it must be whole is said beside.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Flag = 4,

    /// <summary>An object.</summary>
    Map = 8,

    /// <summary>An array.</summary>
    List = 16,

    /// <summary>Null.</summary>
    Nothing = 32,

    /// <summary>Whatever there is.</summary>
    Any = Text | Number | Flag | Map | List | Nothing,
}
