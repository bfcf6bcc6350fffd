using Microsoft.Extensions.AI;

namespace McpOptimizer.Extensions.AI.Tests;

public sealed class ConversationSessionsTests
{
    private readonly ConversationSessions _sessions = new();

    [Fact]
    public void Of_SameConversationLater_IsTheSame()
    {
        List<ChatMessage> messages = [new(ChatRole.System, "Be kind."), new(ChatRole.User, "one")];
        string first = _sessions.Of(messages, null);
        messages.AddRange([new(ChatRole.Assistant, "1"), new(ChatRole.User, "two")]);
        string second = _sessions.Of(messages, null);

        // What a long conversation forgets is its beginning.
        messages.RemoveRange(1, 2);
        messages.Add(new(ChatRole.User, "three"));

        second.Should().Be(first);
        _sessions.Of(messages, null).Should().Be(first);
    }

    [Fact]
    public void Of_EqualWordsOfAnother_IsAnother()
    {
        ChatMessage example = new(ChatRole.User, "an example that every conversation begins with");

        string one = _sessions.Of([example, new(ChatRole.User, "one")], null);
        string other = _sessions.Of([example, new(ChatRole.User, "one")], null);

        other.Should().NotBe(one);
        _sessions.Of([], null).Should().NotBe(_sessions.Of([], null));
    }

    [Fact]
    public void Of_IdThatTheServiceChangesEachTurn_IsTheSame()
    {
        string first = _sessions.Of([new(ChatRole.User, "one")], null);
        _sessions.Remember("response-1", first);
        string second = _sessions.Of([new(ChatRole.User, "two")], "response-1");
        _sessions.Remember("response-2", second);

        _sessions.Of([new(ChatRole.User, "three")], "response-2").Should().Be(first);
        _sessions.Of([new(ChatRole.User, "three")], "another").Should().NotBe(first).And.Be(_sessions.Of([], "another"));
    }

    [Fact]
    public void Remember_MoreThanAreKept_ForgetsTheOldest()
    {
        for (int i = 0; i < 5_000; i++)
        {
            _sessions.Remember($"id-{i}", "session");
        }

        _sessions.Of([], "id-4999").Should().Be("session");
        _sessions.Of([], "id-0").Should().Be("conversation-id-0");
    }
}
