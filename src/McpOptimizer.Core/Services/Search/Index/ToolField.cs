namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>The parts of a tool that are searched apart, as bit positions.</summary>
internal enum ToolField : byte
{
    /// <summary>The tool's name.</summary>
    Name,

    /// <summary>The tool's title.</summary>
    Title,

    /// <summary>First sentence of the description.</summary>
    Summary,

    /// <summary>The rest of the description.</summary>
    Description,

    /// <summary>Names of input parameters.</summary>
    ParameterName,

    /// <summary>Descriptions and choices of input parameters.</summary>
    ParameterText,

    /// <summary>Names of the server.</summary>
    Server,

    /// <summary>What the server is for.</summary>
    ServerText,
}
