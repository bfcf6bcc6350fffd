using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace McpOptimizer.Extensions.AI;

/// <summary>Knows the conversations of a chat client again, turn after turn, so that what one turn stored is readable in the next and in no other conversation.</summary>
internal sealed class ConversationSessions
{
    private const int MostRemembered = 4_096;

    private readonly ConditionalWeakTable<ChatMessage, string> _byMessage = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _byConversation = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>The session of a request.</summary>
    /// <param name="messages">What was said; without a conversation's id the messages of earlier turns tell which conversation it is.</param>
    /// <param name="conversationId">The id by which the service keeps the history; null when it keeps none.</param>
    public string Of(IReadOnlyList<ChatMessage> messages, string? conversationId)
    {
        if (!string.IsNullOrEmpty(conversationId))
        {
            lock (_gate)
            {
                return _byConversation.TryGetValue(conversationId, out string? remembered) ? remembered : "conversation-" + conversationId;
            }
        }

        ChatMessage[] ofUser = [.. messages.Where(message => message.Role == ChatRole.User)];
        string session = ofUser.Select(message => _byMessage.TryGetValue(message, out string? known) ? known : null).LastOrDefault(known => known is not null)
            ?? "chat-" + Guid.NewGuid().ToString("N");

        // Only the newest: examples at the head may be the same objects in every conversation.
        if (ofUser.Length > 0)
        {
            _byMessage.AddOrUpdate(ofUser[^1], session);
        }

        return session;
    }

    /// <summary>Keeps which session an answer belongs to: services that keep the history may give each answer another id, and the next turn names the last one.</summary>
    public void Remember(string? conversationId, string session)
    {
        if (string.IsNullOrEmpty(conversationId))
        {
            return;
        }

        lock (_gate)
        {
            if (!_byConversation.TryAdd(conversationId, session))
            {
                return;
            }

            _oldest.Enqueue(conversationId);
            if (_oldest.Count > MostRemembered)
            {
                _byConversation.Remove(_oldest.Dequeue());
            }
        }
    }
}
