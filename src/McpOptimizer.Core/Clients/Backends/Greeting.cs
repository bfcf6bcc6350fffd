using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The first words with a backend as they pass by. The SDK asks <c>server/discover</c> first and <c>initialize</c> after an error.</summary>
/// <param name="beginsWithInitialize">Whether the question is kept from the backend, so that it hears <c>initialize</c> first.</param>
internal sealed class Greeting(bool beginsWithInitialize)
{
    private bool _probed;
    private bool _answered;
    private bool _initialized;

    /// <summary>Whether it failed in a way that the other one may not: before <c>initialize</c>, or right at it where the question was left out.</summary>
    public bool IsRefused => beginsWithInitialize ? _initialized : _probed && !_initialized;

    /// <summary>Whether the backend took the question and said nothing to it.</summary>
    public bool IsProbeIgnored => _probed && _initialized && !_answered;

    /// <summary>Sees a message on its way out.</summary>
    /// <exception cref="McpProtocolException">In place of the backend's answer to a question that it is not asked.</exception>
    public void Sending(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.ServerDiscover } && !_initialized)
        {
            if (beginsWithInitialize)
            {
                throw new McpProtocolException("not asked", McpErrorCode.MethodNotFound);
            }

            _probed = true;
        }

        _initialized |= message is JsonRpcRequest { Method: RequestMethods.Initialize };
    }

    /// <summary>Sees a message that came in.</summary>
    public void Received(JsonRpcMessage message) => _answered |= _probed && !_initialized && message is JsonRpcResponse or JsonRpcError;
}
