using ModelContextProtocol.Protocol;

namespace Hosting.Messages;

/// <summary>A message that is JSON, and that this host does not take.</summary>
/// <param name="id">The id of the request; the default where nobody waits for an answer.</param>
/// <param name="message">Why, as a sentence.</param>
internal sealed class MessageRefusedException(RequestId id, string message) : Exception(message)
{
    public RequestId Id => id;
}
