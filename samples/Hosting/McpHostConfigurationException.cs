namespace Hosting;

/// <summary>The host cannot start as configured. The message is written for the person who runs it.</summary>
public sealed class McpHostConfigurationException : Exception
{
    public McpHostConfigurationException(string message)
        : base(message)
    {
    }

    public McpHostConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
