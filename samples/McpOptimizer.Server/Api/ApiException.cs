namespace McpOptimizer.Server.Api;

/// <summary>A refusal with a status of its own.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="sentence">Why, for whoever asked.</param>
internal sealed class ApiException(int status, string sentence) : Exception(sentence)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}
