using Coder.Client.Clients.Wire;

namespace Coder.Client;

/// <summary>
/// Typed access to AgentAPI, the HTTP front of a coding agent's terminal. Each call names the address under which the agent is reached; Coder's
/// token is added, as a cookie that Coder's proxy removes, only when that address belongs to the configured deployment.
/// </summary>
public interface IAgentApiClient
{
    /// <summary>Whether the agent waits for input or works.</summary>
    /// <exception cref="WorkspaceAppException">The application refused or could not be reached.</exception>
    Task<AgentApiStatus> GetStatusAsync(Uri app, CancellationToken cancellationToken = default);

    /// <summary>The whole conversation, oldest first.</summary>
    /// <exception cref="WorkspaceAppException">The application refused or could not be reached.</exception>
    Task<IReadOnlyList<AgentApiMessage>> GetMessagesAsync(Uri app, CancellationToken cancellationToken = default);

    /// <summary>Gives the agent a message; returns once the agent has visibly started on it. Not safe to repeat.</summary>
    /// <exception cref="WorkspaceAppException">The agent does not wait for input, or could not be reached.</exception>
    Task SendMessageAsync(Uri app, string text, CancellationToken cancellationToken = default);

    /// <summary>Writes keystrokes to the agent's terminal, for example ESC to interrupt it.</summary>
    /// <exception cref="WorkspaceAppException">The application refused or could not be reached.</exception>
    Task SendKeysAsync(Uri app, string keys, CancellationToken cancellationToken = default);

    /// <summary>Puts a file into the workspace; AgentAPI takes at most 10 MB.</summary>
    /// <exception cref="WorkspaceAppException">The file is too large, or the application could not be reached.</exception>
    Task<AgentApiUpload> UploadAsync(Uri app, Stream content, string fileName, CancellationToken cancellationToken = default);

    /// <summary>
    /// What happens, as it happens: first what rebuilds the present state, then live. Kinds of events that are not known are skipped. The stream
    /// ends when the server closes it; a reader that is too slow is dropped by the server.
    /// </summary>
    /// <exception cref="WorkspaceAppException">The application refused or could not be reached.</exception>
    IAsyncEnumerable<AgentApiEvent> ReadEventsAsync(Uri app, CancellationToken cancellationToken = default);
}
